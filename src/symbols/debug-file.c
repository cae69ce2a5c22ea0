/* debug-file.c: names from separate debug information, where it belongs to the program */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/debug-file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/log-line.h"
#include "symbols/image-sections.h"

#define CHUNK (256 * 1024)
#define MAX_TEXT 400

/* What a file says of itself. */
typedef struct
{
  char *build_id; /* "": none */
  char *link;     /* name of its debug file, NULL: none */
  guint32 crc;    /* of that */
} Identity;

typedef struct
{
  char *elf_path, *debug_path;
  Identity elf, debug;
  SondeSymbolTable *names; /* what the debug file tells */
  SondeSymbolProgress progress;
  gpointer progress_data;
} Load;

static void
clear_identity (Identity *identity)
{
  g_free (identity->build_id);
  g_free (identity->link);
}

static void
free_load (Load *load)
{
  clear_identity (&load->elf);
  clear_identity (&load->debug);
  g_clear_pointer (&load->names, sonde_symbol_table_unref);
  g_free (load->elf_path);
  g_free (load->debug_path);
  g_free (load);
}

/* The reader may have been turned against us by the file: its words are shown to a person. */
static void
take_identity (Identity *identity, GBytes *answer)
{
  gsize size;
  const char *data = g_bytes_get_data (answer, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (size, MAX_TEXT));
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);

  identity->build_id = g_strdup ("");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *end;

      if (g_str_has_prefix (lines[i], "build-id "))
        {
          g_free (identity->build_id);
          identity->build_id = sonde_log_make_safe (lines[i] + strlen ("build-id "), -1);
        }
      else if (g_str_has_prefix (lines[i], "link ") && identity->link == NULL)
        {
          identity->crc = (guint32) g_ascii_strtoull (lines[i] + strlen ("link "), &end, 16);
          identity->link = sonde_log_make_safe (*end == ' ' ? end + 1 : end, -1);
        }
    }
}

static gboolean
compute_crc (const char *path, guint32 *crc, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  const int fd = sonde_reader_open (path, error);
  ssize_t n = 1;

  if (fd < 0)
    return FALSE;
  *crc = 0;
  while (n > 0 || (n < 0 && errno == EINTR))
    {
      n = read (fd, chunk, CHUNK);
      if (n > 0)
        *crc = sonde_checksum_crc32 (*crc, chunk, (gsize) n);
    }
  close (fd);
  if (n == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: cannot be read; choose another file",
               path);
  return FALSE;
}

static gboolean
check_link (const Load *load, GError **error)
{
  guint32 crc;

  if (load->elf.link == NULL)
    {
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
                   "%s: nothing says that it belongs to %s; build with -Wl,--build-id, or strip "
                   "with objcopy --add-gnu-debuglink",
                   load->debug_path, load->elf_path);
      return FALSE;
    }
  if (!compute_crc (load->debug_path, &crc, error))
    return FALSE;
  if (crc == load->elf.crc)
    return TRUE;
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
               "%s: has checksum %08x but %s was stripped into %s with %08x; give that file",
               load->debug_path, crc, load->elf_path, load->elf.link, load->elf.crc);
  return FALSE;
}

static gboolean
check_fit (const Load *load, GError **error)
{
  if (*load->elf.build_id == '\0' || *load->debug.build_id == '\0')
    return check_link (load, error);
  if (g_str_equal (load->elf.build_id, load->debug.build_id))
    return TRUE;
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
               "%s: has build id %s but %s has %s; give the debug file of the same build",
               load->debug_path, load->debug.build_id, load->elf_path, load->elf.build_id);
  return FALSE;
}

static const char *const ask_sections[] = { "--sections", NULL };

/* The debug file says where each section is, not what of it is in flash. */
static SondeSymbolTable *
join (const Load *load, GBytes *answer, GError **error)
{
  const SondeSymbolImage *names = sonde_symbol_table_get_image (load->names);
  g_autoptr (GBytes) image = NULL;
  SondeSymbolImage program;

  if (!sonde_symbol_image_open (&program, answer, error))
    {
      g_prefix_error (error, "%s: ", load->elf_path);
      return NULL;
    }
  image = sonde_image_take_sections (names, &program);
  sonde_symbol_image_close (&program);
  return sonde_symbol_table_new_from_trusted (image, load->debug_path, error);
}

static void
on_sections (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) answer = sonde_reader_run_finish (result, &error);
  SondeSymbolTable *table
      = answer != NULL ? join (g_task_get_task_data (task), answer, &error) : NULL;

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) sonde_symbol_table_unref);
  else
    g_task_return_error (task, error);
}

static void
on_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->names = sonde_symbol_cage_load_finish (result, &error);
  if (load->names != NULL)
    sonde_reader_run_async (load->elf_path, ask_sections, NULL, NULL, g_task_get_cancellable (task),
                            on_sections, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (check_fit (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    sonde_symbol_cage_load_async (load->debug_path, load->progress, load->progress_data,
                                  g_task_get_cancellable (task), on_table, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static const char *const ask_identity[] = { "--identity", NULL };

static void
on_debug_identity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) check = NULL;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sonde_reader_run_finish (result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_identity (&load->debug, answer);
  check = g_task_new (NULL, NULL, on_checked, g_object_ref (task));
  g_task_set_task_data (check, load, NULL);
  g_task_run_in_thread (check, check_in_thread);
}

static void
on_elf_identity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sonde_reader_run_finish (result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_identity (&load->elf, answer);
  sonde_reader_run_async (load->debug_path, ask_identity, NULL, NULL, g_task_get_cancellable (task),
                          on_debug_identity, g_object_ref (task));
}

void
sonde_debug_file_load_async (const char *elf_path, const char *debug_path,
                             SondeSymbolProgress progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, sonde_debug_file_load_async);
  load->elf_path = g_strdup (elf_path);
  load->debug_path = g_strdup (debug_path);
  load->progress = progress;
  load->progress_data = progress_data;
  g_task_set_task_data (task, load, (GDestroyNotify) free_load);
  sonde_reader_run_async (elf_path, ask_identity, NULL, NULL, cancellable, on_elf_identity, task);
}

SondeSymbolTable *
sonde_debug_file_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
