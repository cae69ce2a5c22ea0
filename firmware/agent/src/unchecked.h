/* unchecked.h: marks functions that read memory by address, which sanitizers would take for a
 * bug */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_UNCHECKED_H
#define SONDE_UNCHECKED_H

#if defined(__GNUC__) && !defined(__clang_analyzer__)
/* A host may ask for the red zones between variables; the table of regions says they are there. */
#define SONDE_UNCHECKED __attribute__ ((no_sanitize_address))
#else
#define SONDE_UNCHECKED
#endif

#endif
