/* reason.h: what the firmware says of a name that is no variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sonde_reason_dup:
 * @elf: the firmware's file
 *
 * Asks the file itself, which takes as long as reading it.
 *
 * Returns: (transfer full) (nullable): "speed: local in step() (motor.c:118); watch something
 * static instead"; NULL where the file does not know the name either
 */
char *sonde_reason_dup (const char *elf, const char *path);
/** sonde_reason_write: (transfer full) (nullable): the same of answers that are at hand. */
char *sonde_reason_write (const char *path, const GPtrArray *answers);
