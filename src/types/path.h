/* path.h: "motor[1].pid.kp" as steps */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_STEP_NAME,  /* first one, or after a dot; may hold "file.c::static", "ns::Class::member",
                       "f()::static" */
  SONDE_STEP_INDEX, /* [3] */
  SONDE_STEP_ARROW, /* ->x */
} SondeStepKind;

typedef struct
{
  SondeStepKind kind;
  const char *text; /* borrowed from the path: letters of NAME and ARROW */
  gsize length;
  guint64 index;
} SondeStep;

/**
 * sonde_path_next:
 * @cursor: in: where to read; out: behind the step
 *
 * Returns: FALSE at the end (**cursor is 0) and at a mistake (**cursor is not)
 */
gboolean sonde_path_next (const char **cursor, SondeStep *step);

/** sonde_path_root_length: bytes up to the first "." or "[" that is not part of the root name (file
 * names hold dots: "main.c::x"). */
gsize sonde_path_root_length (const char *path);

/* How places are spelled; the result reads back as the same place. @path is a path of a variable:
 * "motor", "p->x", "*p", "(motor_t*)0x20000100" (which is the motor, not the pointer). */

/** sonde_path_dup_member: (transfer full): "motor.x"; of "*p" it is "p->x", of a cast
 * "((motor_t*)0x20000100)->x". */
char *sonde_path_dup_member (const char *path, const char *name);
/** sonde_path_dup_element: (transfer full): "adc[3]"; of "*p" it is "(*p)[3]". Also of a pointer
 * that is indexed. */
char *sonde_path_dup_element (const char *path, guint64 index);
/** sonde_path_dup_target: (transfer full): what the pointer @path points to: "*p", "**pp". */
char *sonde_path_dup_target (const char *path);
/** sonde_path_is_cast: "(motor_t*)0x20000100", without steps behind it. */
gboolean sonde_path_is_cast (const char *path);
/** sonde_path_dup_operand: (transfer full): what stands behind a cast so that the cast takes all of
 * it: "(list->next)". @is_behind_pointer: a pointer is read on the way to it. */
char *sonde_path_dup_operand (const char *path, gboolean is_behind_pointer);
/** sonde_path_find_closing: the ")" that belongs to the "(" at @open; NULL where none. */
const char *sonde_path_find_closing (const char *open);
