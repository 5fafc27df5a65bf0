#!/usr/bin/env bash
# PostgreSQL and OpenSearch for development, on 127.0.0.1 only, each in its folder under var/services.
#
#   scripts/services.sh start|stop [postgres] [opensearch]      both when none is named
#
# A start of what runs already changes nothing; a stop ends only what a start began, by its pid file.
# Ports: POSTGRES_PORT (5433), OPENSEARCH_PORT (9201, within 9202-9299 for another).
# OPENSEARCH_HEAP (512m) is its memory; a gigabyte holds a million options.
# OpenSearch is of the third major version where a JDK 21 is found, else 2.19; OPENSEARCH_MAJOR (2 or 3) says
# which. Each keeps its own folder.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD/var/services
postgres_port=${POSTGRES_PORT:-5433}
opensearch_port=${OPENSEARCH_PORT:-9201}

say() { printf 'services: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# ---------------------------------------------------------------- PostgreSQL

# PostgreSQL refuses to run as root: there, Debian's own account runs it.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

postgres_programs() {
  local initdb
  initdb=$(command -v initdb || ls -v /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
  [ -n "$initdb" ] || fail "PostgreSQL was not found (on Debian: apt-get install postgresql)."
  dirname "$(readlink -f "$initdb")"
}

make_cluster() { # PROGRAMS FOLDER
  local password_file=$here/postgres.password
  mkdir -p "$2"
  (umask 077 && od -An -N18 -tx1 /dev/urandom | tr -d ' \n' >"$password_file")
  [ "$(id -u)" != 0 ] || chown -R postgres: "$2" "$password_file"
  as_postgres "$1/initdb" --pgdata "$2/data" --username jalon --pwfile "$password_file" --auth scram-sha-256 \
    --encoding UTF8 --no-locale >"$here/initdb.log" 2>&1 || { rm -rf "$2"; fail "initdb failed: see $here/initdb.log"; }
}

start_postgres() {
  local programs folder=$here/postgres
  programs=$(postgres_programs)
  [ -d "$folder/data" ] || make_cluster "$programs" "$folder"
  if as_postgres "$programs/pg_ctl" --pgdata "$folder/data" status >/dev/null 2>&1; then
    say "PostgreSQL runs already"
  else
    as_postgres "$programs/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait start \
      -o "-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" >/dev/null ||
      fail "PostgreSQL did not start: see $folder/log"
    PGPASSWORD=$(cat "$here/postgres.password") psql -h 127.0.0.1 -p "$postgres_port" -U jalon -d postgres -qAt \
      -c "SELECT 'CREATE DATABASE jalon' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'jalon')" \
      -c '\gexec' >/dev/null
  fi
  say "JALON_DATABASE_URL=postgresql+psycopg://jalon:$(cat "$here/postgres.password")@127.0.0.1:$postgres_port/jalon"
}

stop_postgres() {
  [ -f "$here/postgres/data/postmaster.pid" ] || return 0
  as_postgres "$(postgres_programs)/pg_ctl" --pgdata "$here/postgres/data" --mode fast --wait stop >/dev/null
  say "PostgreSQL stopped"
}

# ---------------------------------------------------------------- OpenSearch

opensearch_answers() { curl --silent --fail --max-time 2 "http://127.0.0.1:$opensearch_port/" >/dev/null; }

# True when the process whose pid was written still is the one that this script started.
opensearch_runs() {
  local pid_file=$here/opensearch/pid
  [ -f "$pid_file" ] && grep -qa OpenSearchRunner "/proc/$(cat "$pid_file")/cmdline" 2>/dev/null
}

# The first Java of that version or newer: JAVA_HOME, then PATH, then Debian's folder.
find_java() { # VERSION
  local java version
  for java in "${JAVA_HOME:-}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [ -x "$java" ] || continue
    version=$("$java" -version 2>&1 | sed -n '1s/.* version "\([0-9]*\).*/\1/p')
    [ "${version:-0}" -lt "$1" ] || { echo "$java"; return; }
  done
  return 1
}

start_opensearch() {
  local folder=$here/opensearch java version major=${OPENSEARCH_MAJOR:-}
  if opensearch_runs; then
    say "OpenSearch runs already"
  else
    [ -n "$major" ] || { find_java 21 >/dev/null && major=3 || major=2; }
    case $major in
      2) version=2.19.1.0; java=$(find_java 17) || fail "Java 17 was not found (on Debian: apt-get install openjdk-17-jre-headless maven)." ;;
      3) version=3.4.0.0; java=$(find_java 21) || fail "Java 21 was not found: OPENSEARCH_MAJOR=2 does with Java 17." ;;
      *) fail "OPENSEARCH_MAJOR: 2 or 3?" ;;
    esac
    [ -d "var/jars/opensearch-$version" ] || fetch_opensearch "$version"
    ! opensearch_answers || fail "port $opensearch_port is taken: set OPENSEARCH_PORT"
    mkdir -p "$folder/$major/node_1/config"
    echo 'action.auto_create_index: false' >"$folder/$major/node_1/config/opensearch.yml"
    # The runner opens the port after the one it is given.
    (exec setsid "$java" -Xmx${OPENSEARCH_HEAP:-512m} -cp "var/jars/opensearch-$version/*" org.codelibs.opensearch.runner.OpenSearchRunner \
      -basePath "$folder/$major" -numOfNode 1 -clusterName jalon-dev -baseHttpPort $((opensearch_port - 1)) \
      >"$folder/log" 2>&1 </dev/null & echo $! >"$folder/pid")
    wait_for_opensearch "$folder"
  fi
  say "JALON_SEARCH_URL=opensearch+http://127.0.0.1:$opensearch_port/jalon"
}

fetch_opensearch() { # VERSION
  local jars=var/jars/opensearch-$1
  command -v mvn >/dev/null || fail "Maven was not found (on Debian: apt-get install maven)."
  say "fetching OpenSearch with Maven (55 MB, once)"
  mkdir -p "$jars.part"
  mvn --quiet --batch-mode --file scripts/services.pom.xml "-Dopensearch=$1" dependency:copy-dependencies \
    "-DoutputDirectory=$PWD/$jars.part" >"$here/maven.log" 2>&1 || fail "Maven failed: see $here/maven.log"
  mv "$jars.part" "$jars"
}

wait_for_opensearch() { # FOLDER
  local second
  for second in $(seq 90); do
    opensearch_answers && return 0
    opensearch_runs || fail "OpenSearch ended after $second s: see $1/log"
    sleep 1
  done
  fail "OpenSearch did not answer within 90 s: see $1/log"
}

stop_opensearch() {
  local pid second
  opensearch_runs || { rm -f "$here/opensearch/pid"; return 0; }
  pid=$(cat "$here/opensearch/pid")
  kill "$pid"
  for second in $(seq 30); do
    opensearch_runs || break
    [ "$second" -lt 30 ] || kill -9 "$pid"
    sleep 1
  done
  rm -f "$here/opensearch/pid"
  say "OpenSearch stopped"
}

# ---------------------------------------------------------------- which, and what

verb=${1:-}
shift || true
case $verb in start | stop) ;; *) fail "start or stop?" ;; esac
[ $# -gt 0 ] || set -- postgres opensearch
for service in "$@"; do
  case $service in postgres | opensearch) ;; *) fail "no such service: $service (postgres, opensearch)" ;; esac
done
mkdir -p "$here"
for service in "$@"; do "${verb}_$service"; done
