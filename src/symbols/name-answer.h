/* name-answer.h: why a name is no variable: asked of the ELF file itself, one name at a time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * sonde_name_answer_async:
 * @name: as a person typed it: "speed", "step()::speed", "LIMIT"
 *
 * Runs sonde-symbols once more, in its cage: locals, constants, functions, types, members, macros
 * and units that could not be read are in no symbol image. Calls @callback on the caller's
 * thread-default context.
 */
void sonde_name_answer_async (const char *elf_path, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/**
 * sonde_name_answer_finish:
 *
 * Returns: (transfer full): without the name, a line each, best first, at most 8: "local in
 * motor_step() (motor.c:118)", "constant 42", "inlined away", "removed by the linker", "in unit
 * x.c, skipped because ..", "a function at 0x08000124 (motor.c:110)", "a type: write
 * (motor_t*)ADDRESS". An empty array: the file does not know the name. NULL and @error as of the
 * cage.
 */
GPtrArray *sonde_name_answer_finish (GAsyncResult *result, GError **error);
/** sonde_name_answer: the same, blocking, for sondectl. */
GPtrArray *sonde_name_answer (const char *elf_path, const char *name, GError **error);
