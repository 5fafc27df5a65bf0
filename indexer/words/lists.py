"""Lists of folded words: those that say nothing, those that say little, and those no stemmer joins."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _word_list(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Folded. Single letters are elisions written without their apostrophe; b and c stay (permis B, permis C).
STOP_WORDS: Final = _word_list("""
a ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons
car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme d dans de depuis des deux donc
du elle elles en encore entre es est et etaient etait etant etc ete etes etre eu eux il ils j je jusqu
jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos
notre nous on ont or ou par parce pas pendant peu peut peuvent plus pour pourra pourront puis qu quand
que quel quelle quelles quels qui quoi s sa sans se sera serez seront ses si sien soi soient soit son
sont sous suis sur t ta tant te tes toi ton tous tout toute toutes tres trop tu un une vers via voici
voila vos votre vous y
""")

#: Folded words by which a question is put and that ask for nothing; left out of questions only.
QUESTION_WORDS: Final = _word_list("""
refaire renouveler remplacer aider aidez aimerais aimerait aller appelle arrive arriver besoin besoins
bonjour bonsoir cherche chercher cherchons coucou comment connaissez connaitre demander devoir dois doit
existe faire fais fait faudrait faut habite habitons merci mettre obtenir peux plait plutot pouvez
pourrais pourrait pourriez pouvoir prendre probleme problemes quelqu recherche recherchons recois rien
salut sais saurais savoir souhaitais souhaite souhaiterais souhaitons stp svp trouve trouver urgence
urgent urgente veulent veut veux viens vis vit voir voudrais voudrait vouloir vraiment vite
""")

#: Folded words that half the services of the field could bear. In a question that holds any other they ask
#: for nothing by themselves: what says them too comes first.
WEAK_WORDS: Final = _word_list("""
charge chargee charges cher chere cheres chers occasion neuf neuve abordable accompagnement
accompagnements accompagner acces acceder accueil action actions activite activites aide aides annee ans
antenne association associations atelier ateliers avis beneficier bureau centre centres collectif
collective commune conseil conseiller conseillere conseillers conseils contact correct cours cout
demande demandes departement dispositif dispositifs disponible dispo endroit entretien equipe espace
etablissement expert formation formations frais gratuit gratuite gratuitement gratuits groupe groupes
horaire horaires individuel individuelle info infos information informations informer intervention
inscription jour journee lieu lieux local locale locaux maison meilleur mesure mise moment montant
national nouveau nouvelle numero offre offres organisme organismes orientation orienter parcours payant
permanence permanences place places plateforme point points possibilite prestation prestations prise
prives prive programme programmes projet projets proche proches proximite pres public publics quartier
question questions region renseignement renseignements rendez rdv rencontre reseau ressource ressources
seance seances semaine service services session sessions situation soir solution solutions soutien stage
stages structure structures suivi temps trouvaille type ville village visite week end
""")

#: Folded words that say whom it is for. Same rule; but they count for more where they are met.
PEOPLE_WORDS: Final = _word_list("""
handicape handicapee handicapes handicapees etranger etrangere etrangers etrangeres migrant migrants
migrante debutant debutants debutante adolescent adolescente adolescents adolescentes ado ados adulte
adultes age agee agees ages allocataire allocataires beneficiaire beneficiaires couple couples enfant
enfants etudiant etudiante etudiants etudiantes famille familles femme femmes fille filles garcon
garcons gens habitant habitants homme hommes jeune jeunes mere meres moins parent parents particulier
particuliers pere peres personne personnes salarie salariee salaries salariees senior seniors seul seule
seuls seules
""")

#: Folded words for those close to whoever asks: after « mon », « ma »… they tell for whom, not what.
CLOSE_ONES: Final = _word_list("""
ado ados ami amie amis beau bebe bebes belle compagne compagnon conjoint conjointe copain copine cousin
cousine enfant enfants epouse epoux famille femme fille filles fils frere freres garcon garcons gosses
grand grande grands mari mere mome momes neveu niece oncle papa maman mamie papi papy parent parents
pere petit petite petits petites soeur soeurs tante voisin voisine
""")
#: Those of them who are children, however they are called.
CHILDREN: Final = _word_list(
    "bebe bebes enfant enfants fille filles fils gosses mome momes petit petite petits petites"
)
POSSESSIVES: Final = _word_list("leur leurs ma mes mon nos notre sa ses son ta tes ton vos votre")

#: Folded word → token, where stemming parts what belongs together or joins what does not.
LEMMAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: token
        for token, words in {
            "travail": "travail travaux travailler travailleur travailleuse travailleurs travailleuses",
            "emploi": "emploi emplois",
            "famill": "famille familles familial familiale familiaux familiales",
            "insert": "inserer insertion insertions insere inseree",
            "apprenti": "apprenti apprentie apprentis apprenties apprentissage apprentissages",
            "comptabl": "comptable comptables comptabilite",
            "maintenance": "maintenance",
            "social": "social sociale sociaux sociales",
            "socialis": "socialisation",
            "jeu": "jeu jeux",
            "lieu": "lieu lieux",
            "oeil": "oeil yeux",
            "cours": "cours",
            "pays": "pays",
            "bus": "bus",
            "fond": "fond fonds",
            "prix": "prix",
            "bail": "bail baux",
            "organism": "organisme organismes",
            "organis": "organiser organisation organisations organisateur",
            "port": "porter port porte portes",
            "portag": "portage",
            "chomag": "chomage chomeur chomeurs chomeuse chomeuses",
            "addict": "addiction addictions addictologie addictif addictive addictives addictifs",
            "psycholog": "psychologue psychologues psychologique psychologiques psychologie",
            "juridiqu": "juridique juridiques juriste juristes",
            "medical": "medical medicale medicaux medicales medecin medecins medecine",
            "benevol": "benevole benevoles benevolat",
            "parental": "parental parentale parentaux parentalite",
            "alimentair": "alimentaire alimentaires alimentation aliment aliments",
            "migrant": "migrant migrants migrante migrantes",
            "migrat": "migration migratoire",
            "sport": "sport sports sportif sportifs sportive sportives",
            "cultur": "culture cultures culturel culturelle culturels culturelles",
            "numer": "numerique numeriques",
            "numero": "numero numeros",
            "form": "formation formations former formateur formatrice formateurs formatrices",
            "forme": "forme formes",
            "formulair": "formulaire formulaires",
            "permis": "permis",
            "repas": "repas",
            "repit": "repit",
            "passer": "passe passer passez passera passant",
            "loyer": "loyer loyers",
            "louer": "louer loue louez",
            "payer": "payer paye payez paiement paiements",
            "aide": "aide aides aider aidez",
            "aidant": "aidant aidants aidante aidantes",
            "vigile": "vigile vigiles",
            "compta": "compta",
            "garant": "garant garants garante",
            "isolation": "isolation",
            "mars": "mars",
            "tennis": "tennis",
            "vente": "vente ventes",
            "seulement": "seulement",
            "voirie": "voirie voiries",
            "relais": "relais",
            "acier": "acier aciers",
            "pacea": "pacea",
            "amiante": "amiante",
            "savs": "savs",
            "age": "age ages agee agees",
            "joue": "joue jouer jouez",
            "conduir": "conduire conduite",
            "logement": "logement logements loger",
            "logiciel": "logiciel logiciels",
            "loge": "loge",
            "accompagn": "accompagner accompagnement accompagnements accompagne accompagnee",
            "handicap": "handicap handicaps handicape handicapee handicapes handicapees",
            "dett": "dette dettes endette endettee endettes endettement",
            "surendett": "surendettement surendette surendettee surendettes",
            "impay": "impaye impayes",
            "cv": "cv cvs",
            "petit": "petit petite petits petites",
            "inscript": "inscrire inscription inscriptions inscrit inscrite inscrits",
            "redact": "rediger redaction redactions redactionnel redige rediges",
            "impress": "imprimer impression impressions imprimante imprimantes",
            "coutur": "couture coudre couturier couturiere coutures",
            "jardin": "jardin jardins jardinage jardiner jardinier jardiniere jardiniers",
            "depist": "depistage depistages depister",
            "achat": "achat achats acheter",
            "nettoi": "nettoyer nettoyage nettoyages",
            "chauff": "chauffer chauffage",
            "protect": "proteger protection protections protege protegee",
            "creat": "creer creation creations createur createurs creatrice creatrices",
            "entrepris": "entreprise entreprises entreprendre entrepreneur entrepreneurs entrepreneuse "
            "entrepreneuses entrepreneuriat entrepreneurial entrepreneuriale",
            "scolair": "scolaire scolaires scolarite scolarisation scolariser scolarise",
            "tabac": "tabac tabagisme tabacologie tabacologue tabagique",
            "qualif": "qualification qualifications qualifier qualifie qualifiee qualifiant qualifiante "
            "qualifiantes",
            "certif": "certification certifications certifier certifie certifiante certifiantes certifiant",
            "budget": "budget budgets budgetaire budgetaires",
            "enfanc": "enfance",
            "violenc": "violence violences violent violente violents",
            "banqu": "banque banques bancaire bancaires banquier",
            "agricultur": "agriculture agricole agricoles agriculteur agricultrice agriculteurs",
            "covoitur": "covoiturage covoiturages covoiturer covoitureur",
            "interim": "interim interimaire interimaires",
            "saison": "saison saisons saisonnier saisonniere saisonniers saisonnieres",
            "sexu": "sexuel sexuelle sexuels sexuelles sexualite",
            "detent": "detenu detenus detenue detention",
            "justic": "justice judiciaire judiciaires",
            "urgenc": "urgence urgences urgent urgente urgents",
            "ecrit": "ecrire ecrit ecrits ecriture ecritures",
            "lectur": "lire lecture lectures",
            "soin": "soin soins soigner soigne",
            "financ": "financer finance financement financements financier financiere financieres financiers",
            "alphabet": "alphabetisation alphabetiser",
            "dentair": "dentaire dentaires dentiste dentistes",
            "hebergement": "heberger hebergement hebergements hebergeur heberge hebergee",
            "demenag": "demenager demenagement demenagements",
            "garder": "garderie garderies",
            "gard": "garde garder gardes gardee",
            "retrait": "retraite retraites retraitee retraitees",
            "recycl": "recycler recyclage recyclages",
            "recrut": "recruter recrutement recrutements recrute recruteur recruteurs",
            "vacanc": "vacance vacances vacancier vacanciers",
            "contracept": "contraception contraceptif contraceptifs contraceptive",
            "domicili": "domiciliation domiciliations domicilier domicilie domiciliee",
        }.items()
        for word in words.split()
    }
)
