/* name-answer.c: why a name is no variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-answer.h"

#include <string.h>

#include "base/log-line.h"
#include "symbols/reader-run.h"

#define MAX_ANSWERS 8
#define MAX_NAME 1000
#define MAX_LINE 400

/* Names hold any letters, arguments of a program not: all but the plainest are written as %xx. */
static char *
dup_argument (const char *name)
{
  g_autofree char *safe = g_uri_escape_string (name, ":", FALSE);

  return g_strconcat ("--explain=", safe, NULL);
}

static gboolean
is_worth_asking (const char *name)
{
  return *name != '\0' && strlen (name) <= MAX_NAME;
}

/* The reader may have been turned against us by the file: its lines are shown to a person. */
static GPtrArray *
split_answer (GBytes *bytes)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (g_free);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = data + size;

  while (data < end && answers->len < MAX_ANSWERS)
    {
      const char *stop = memchr (data, '\n', (gsize) (end - data));
      const gsize length = (gsize) ((stop != NULL ? stop : end) - data);

      if (length > 0)
        g_ptr_array_add (answers, sonde_log_make_safe (data, (gssize) MIN (length, MAX_LINE)));
      data += length + 1;
    }
  return answers;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = sonde_reader_run_finish (result, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, split_answer (bytes), (GDestroyNotify) g_ptr_array_unref);
}

void
sonde_name_answer_async (const char *elf_path, const char *name, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *argument = dup_argument (name);
  const char *const arguments[] = { argument, NULL };

  g_task_set_source_tag (task, sonde_name_answer_async);
  if (!is_worth_asking (name))
    {
      g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_free),
                             (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  sonde_reader_run_async (elf_path, arguments, NULL, NULL, cancellable, on_answered,
                          g_steal_pointer (&task));
}

GPtrArray *
sonde_name_answer_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
sonde_name_answer (const char *elf_path, const char *name, GError **error)
{
  g_autofree char *argument = dup_argument (name);
  const char *const arguments[] = { argument, NULL };

  if (!is_worth_asking (name))
    return g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = sonde_reader_run (elf_path, arguments, NULL, NULL, error);
  return bytes != NULL ? split_answer (bytes) : NULL;
}
