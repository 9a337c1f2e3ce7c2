#!/usr/bin/env python3
"""Writes data/oracles/digamma.tsv: psi(x) and log Gamma(x) to 30 digits, for the tests of src/math.

Needs Debian's python3-mpmath. The arguments are exact binary fractions, so that a reader gets the
very number that the values belong to; they run from 1e-8 to 1e12, and lie close to the root of psi.

usage: make_digamma_table.py > data/oracles/digamma.tsv
"""
import mpmath

mpmath.mp.dps = 60


def arguments():
    values = set()
    for exponent in range(-8, 13):
        for mantissa in (1.0, 1.7, 2.5, 4.2, 7.3):
            values.add(float(f"{mantissa}e{exponent}"))
    for step in range(1, 65):
        values.add(step / 16.0)
    for step in range(-8, 9):
        values.add(1.4616321449683623 + step / 4096.0)
    for x in (0.0115, 0.0125, 0.0126, 0.013, 0.05, 0.1):
        values.add(x)
    return sorted(values)


print("# x (hexadecimal float)\tpsi(x)\tlog Gamma(x); mpmath, 60 digits, rounded to 30")
for x in arguments():
    exact = mpmath.mpf(x)
    psi = mpmath.nstr(mpmath.digamma(exact), 30)
    log_gamma = mpmath.nstr(mpmath.loggamma(exact), 30)
    print(f"{x.hex()}\t{psi}\t{log_gamma}")
