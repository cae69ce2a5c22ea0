/* path.h: "motor[1].pid.kp" as steps */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_STEP_NAME,  /* first one, or after a dot; may hold "file.c::static", "ns::Class::member",
                       "f()::static" */
  SONDE_STEP_INDEX, /* [3] */
} SondeStepKind;

typedef struct
{
  SondeStepKind kind;
  const char *text; /* borrowed from the path: NAME's letters */
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
