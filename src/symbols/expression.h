/* expression.h: what a person types for a place in memory becomes a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

/* Where names come from; the calls return (transfer full) or NULL with an error. */
typedef struct
{
  gpointer owner;
  /* "motor.pid.kp", "list->next": a name with its steps, without stars and casts. */
  SondeVariable *(*dup_named) (gpointer owner, const char *path, GError **error);
  /* A squeezed type name. */
  SondeType *(*dup_type) (gpointer owner, const char *name, GError **error);
  /* A place that has no name, in the memory that the machine has. */
  SondeVariable *(*dup_place) (gpointer owner, guint64 address, SondeType *type, const char *path,
                               GError **error);
} SondeExpressionScope;

/**
 * sonde_expression_resolve:
 * @text: cli.md section 3 without slices: "a.b[3]", "(*p).x", "p->x", "*p", "**pp", "p[2]",
 * "0x20000100:u32", "0x20000100:u8[16]", "(motor_t*)0x20000100", "(motor_t*)handle->x",
 * "((motor_t*)handle)->x", "(*(motor_t*)0x20000100).x", "(uint8_t*)&motor"
 *
 * Stars and casts stand before what they apply to. A star takes all that follows, as in C. A cast
 * takes what follows up to the first pointer or number, so that "(motor_t*)handle->x" is a member
 * of the motor; in brackets it is whatever is in them. "(motor_t*)place" is the motor itself.
 *
 * Returns: (transfer full): or NULL and what is wrong, naming the part it is wrong with
 */
SondeVariable *sonde_expression_resolve (const SondeExpressionScope *scope, const char *text,
                                         GError **error);
