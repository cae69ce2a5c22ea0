/* file-kind.c: what a file is, by its first bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/file-kind.h"

#include <string.h>

/* clang-format off */
static const struct { const char *magic; gsize length; const char *what; } others[] = {
  { "PK\003\004", 4, "a ZIP archive" },
  { "\037\213", 2, "a gzip archive" },
  { "UF2\n", 4, "a UF2 image, which holds no symbols" },
  { "!<arch>\n", 8, "a static library" },
  { "S0", 2, "an S-record image, which holds no symbols" },
  { ":", 1, "an Intel HEX image, which holds no symbols" },
};
/* clang-format on */

/* Text, and columns in its first line. Where the head ends may be inside a letter. */
static gboolean
is_table (const guint8 *head, gsize size)
{
  const guint8 *line_end = memchr (head, '\n', size);
  const gsize n = line_end == NULL ? size : (gsize) (line_end - head);

  if (memchr (head, '\0', size) != NULL)
    return FALSE;
  return memchr (head, ',', n) != NULL || memchr (head, ';', n) != NULL
         || memchr (head, '\t', n) != NULL;
}

static SondeFileKind
judge (const char *name, const guint8 *head, gsize size, GError **error)
{
  const char *what = "something else";

  if (size >= 4 && memcmp (head, "\177ELF", 4) == 0)
    return SONDE_FILE_ELF;
  if (size == 0)
    what = "empty";
  for (guint i = 0; i < G_N_ELEMENTS (others) && size > 0; i++)
    if (size >= others[i].length && memcmp (head, others[i].magic, others[i].length) == 0)
      {
        what = others[i].what;
        break;
      }
  if (g_str_equal (what, "something else") && is_table (head, size))
    return SONDE_FILE_MAP;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "“%s” is no ELF file but %s. Open the .elf that your linker wrote.", name, what);
  return SONDE_FILE_UNKNOWN;
}

static SondeFileKind
look (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  guint8 head[512] = { 0 };
  gsize size = 0;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_SPECIAL)
    g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  else
    stream = g_file_read (file, NULL, &reason);
  if (stream != NULL
      && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, NULL, &reason))
    return judge (name, head, size, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” cannot be opened: %s", name,
               reason->message);
  return SONDE_FILE_UNKNOWN;
}

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  const SondeFileKind kind = look (task_data, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, kind);
}

void
sonde_file_kind_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, sonde_file_kind_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, look_in_thread);
}

SondeFileKind
sonde_file_kind_finish (GAsyncResult *result, GError **error)
{
  const gssize kind = g_task_propagate_int (G_TASK (result), error);

  return kind < 0 ? SONDE_FILE_UNKNOWN : (SondeFileKind) kind;
}
