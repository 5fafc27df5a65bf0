"""Steps to put in an order and at dates, with as few days of waiting as can be: a small combinatorial
problem, apart from what the steps are about.

    problem   what is to be placed, and what a schedule is worth
    exact     every useful order of a few steps, in about a millisecond
    solver    OR-Tools' CP-SAT, for many steps
    solve     which of the two
"""
