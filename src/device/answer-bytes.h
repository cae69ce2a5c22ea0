/* answer-bytes.h: what a board answered as the bytes of a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-plan.h"

/**
 * sonde_answer_store:
 * @slice: the part of the answer that belongs to the variable
 * @bytes: the variable's size
 *
 * A unit is a number: it is stored in the variable's byte order, whatever the board's is. A number
 * that the board converted itself is stored as the variable's type.
 *
 * Returns: NULL, or what is wrong with the answer, for a person
 */
const char *sonde_answer_store (const SondeReply *reply, const SondeSlice *slice,
                                const SondeVariable *variable, guint8 *bytes);
