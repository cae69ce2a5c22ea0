/* symbol-cage.c: runs sonde-symbols on an ELF file and opens what it wrote */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "symbols/symbol-cage.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/program.h"

/* The reader's own limit is CPU time; this one ends a reader that waits for a disk that is gone. */
#define MAX_WALL_SECONDS 180

/* Descriptors as the reader sees them. */
enum
{
  INPUT_FD = 3,
  OUTPUT_FD = 4,
  PROGRESS_FD = 5,
};

/* One run; owned by its task. */
typedef struct
{
  char *path;
  int image; /* memory file that the reader writes */
  GSubprocess *process;
  GDataInputStream *lines;
  char *message; /* the reader's last word, NULL: none */
  SondeSymbolProgress progress;
  gpointer progress_data;
  gulong cancel_id;
  GSource *timer;
  gboolean is_timed_out;
} Load;

static void
free_load (Load *load)
{
  if (load->image >= 0)
    close (load->image);
  g_clear_object (&load->process);
  g_clear_object (&load->lines);
  g_free (load->message);
  g_free (load->path);
  g_free (load);
}

static const char *
get_advice (int code)
{
  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      return "check the path";
    case EACCES:
    case EPERM:
      return "make it readable for you";
    default:
      return "choose another file";
    }
}

static int
open_elf (const char *path, GError **error)
{
  struct stat info;
  /* A pipe or a terminal must not hold us up before it is known to be none. */
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      const int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s; %s", path,
                   g_strerror (code), get_advice (code));
      return -1;
    }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
               "%s: not a regular file; choose the .elf that the linker wrote", path);
  close (fd);
  return -1;
}

static GSubprocess *
spawn_reader (Load *load, int input, int progress, GError **error)
{
  g_autofree char *program = sonde_program_dup_path ("sonde-symbols");
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_SILENCE;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "sonde-symbols: not found beside this program; install Sonde again");
      close (input);
      close (progress);
      return NULL;
    }
#ifndef SONDE_SANITIZE
  flags |= G_SUBPROCESS_FLAGS_STDERR_SILENCE;
#endif
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_take_fd (launcher, input, INPUT_FD);
  g_subprocess_launcher_take_fd (launcher, progress, PROGRESS_FD);
  g_subprocess_launcher_take_fd (launcher, fcntl (load->image, F_DUPFD_CLOEXEC, 0), OUTPUT_FD);
  return g_subprocess_launcher_spawn (launcher, error, program, "--input-fd=3", "--output-fd=4",
                                      "--progress-fd=5", "--", load->path, NULL);
}

static gboolean
start (Load *load, GError **error)
{
  int ends[2];
  const int input = open_elf (load->path, error);

  if (input < 0)
    return FALSE;
  load->image = memfd_create ("sonde-symbol-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (load->image < 0 || !g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    {
      const int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", load->path,
                   g_strerror (code));
      close (input);
      return FALSE;
    }
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (ends[0], TRUE);
  load->lines = g_data_input_stream_new (stream);
  load->process = spawn_reader (load, input, ends[1], error);
  return load->process != NULL;
}

static void
set_reader_error (Load *load, SondeSymbolError code, const char *format)
{
  g_free (load->message);
  load->message = g_strdup_printf (format, load->path);
  g_debug ("%s (code %d)", load->message, (int) code);
}

/* What ended a reader that had no chance to say so itself. */
static SondeSymbolError
judge_signal (Load *load, int number)
{
  /* Neither of our limits: a person, or a machine that is short of memory. */
  if (number == SIGKILL && !load->is_timed_out)
    {
      set_reader_error (load, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: its reader was killed, for lack of memory perhaps; "
                        "close other programs and try again");
      return SONDE_SYMBOL_ERROR_LIMIT;
    }
  if (number == SIGXCPU || load->is_timed_out)
    {
      set_reader_error (load, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: reading it took more than the 20 seconds allowed; "
                        "build it again, with -g for the files you watch only");
      return SONDE_SYMBOL_ERROR_LIMIT;
    }
  /* GLib ends a program with a trap where no memory is left. */
  if (number == SIGTRAP || number == SIGXFSZ)
    {
      set_reader_error (load, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: reading it takes more memory than allowed; is it damaged?");
      return SONDE_SYMBOL_ERROR_LIMIT;
    }
  set_reader_error (load, SONDE_SYMBOL_ERROR_CORRUPT,
                    "%s: its debug information is damaged, the reader crashed on it; "
                    "build it again");
  return SONDE_SYMBOL_ERROR_CORRUPT;
}

static GError *
make_error (Load *load)
{
  const gboolean has_exited = g_subprocess_get_if_exited (load->process);
  const int status = has_exited ? g_subprocess_get_exit_status (load->process) : -1;
  const int code = has_exited
                       ? sonde_reader_status_to_error (status)
                       : (int) judge_signal (load, g_subprocess_get_term_sig (load->process));

  if (code >= 0)
    return g_error_new (SONDE_SYMBOL_ERROR, code, "%s",
                        load->message != NULL ? load->message : load->path);
  if (status == SONDE_READER_MACHINE)
    return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", load->path,
                        load->message != NULL ? load->message : "cannot be read");
  return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                      "%s: its debug information is damaged, the reader failed on it (%d); "
                      "build it again",
                      load->path, status);
}

/* The reader is gone, and nobody else can change what it wrote any more. */
static void
open_image_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SondeSymbolTable *table;

  fcntl (load->image, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  file = g_mapped_file_new_from_fd (load->image, FALSE, &error);
  if (file == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  bytes = g_mapped_file_get_bytes (file);
  table = sonde_symbol_table_new_from_bytes (bytes, load->path, &error);
  if (table == NULL)
    {
      g_autofree char *text = g_strdup (error->message);

      g_clear_error (&error);
      g_set_error (&error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                   "%s: what sonde-symbols wrote is damaged: %s; install Sonde again", load->path,
                   text);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, table, (GDestroyNotify) sonde_symbol_table_unref);
}

static void
on_reader_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_subprocess_wait_finish (load->process, result, NULL);
  if (load->cancel_id != 0)
    g_cancellable_disconnect (cancellable, load->cancel_id);
  g_source_destroy (load->timer);
  g_clear_pointer (&load->timer, g_source_unref);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_subprocess_get_successful (load->process))
    g_task_run_in_thread (task, open_image_in_thread);
  else
    g_task_return_error (task, make_error (load));
}

static void
take_line (Load *load, const char *line)
{
  char *stage;
  double fraction;

  if (g_str_has_prefix (line, "error "))
    {
      g_free (load->message);
      load->message = g_utf8_make_valid (line + 6, -1);
      return;
    }
  fraction = g_ascii_strtod (line, &stage);
  if (stage != line && *stage == ' ' && load->progress != NULL && g_utf8_validate (stage, -1, NULL))
    load->progress (CLAMP (fraction, 0, 1), stage + 1, load->progress_data);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autofree char *line = g_data_input_stream_read_line_finish (load->lines, result, NULL, NULL);

  if (line == NULL)
    {
      /* Not with the task's own cancellable: a killed reader is waited for, too. */
      g_subprocess_wait_async (load->process, NULL, on_reader_ended, g_steal_pointer (&task));
      return;
    }
  take_line (load, line);
  g_data_input_stream_read_line_async (load->lines, G_PRIORITY_DEFAULT, NULL, on_line,
                                       g_steal_pointer (&task));
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_subprocess_force_exit (user_data);
}

static gboolean
on_timed_out (gpointer user_data)
{
  Load *load = user_data;

  load->is_timed_out = TRUE;
  g_subprocess_force_exit (load->process);
  return G_SOURCE_REMOVE;
}

void
sonde_symbol_cage_load_async (const char *elf_path, SondeSymbolProgress progress,
                              gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, sonde_symbol_cage_load_async);
  load->path = g_strdup (elf_path);
  load->image = -1;
  load->progress = progress;
  load->progress_data = progress_data;
  g_task_set_task_data (task, load, (GDestroyNotify) free_load);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!start (load, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  load->timer = g_timeout_source_new_seconds (MAX_WALL_SECONDS);
  g_source_set_callback (load->timer, on_timed_out, load, NULL);
  g_source_attach (load->timer, g_task_get_context (task));
  if (cancellable != NULL)
    load->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                             g_object_ref (load->process), g_object_unref);
  g_data_input_stream_read_line_async (load->lines, G_PRIORITY_DEFAULT, NULL, on_line,
                                       g_steal_pointer (&task));
}

SondeSymbolTable *
sonde_symbol_cage_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

SondeSymbolTable *
sonde_symbol_cage_load (const char *elf_path, SondeSymbolProgress progress, gpointer progress_data,
                        GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  SondeSymbolTable *table;

  g_main_context_push_thread_default (context);
  sonde_symbol_cage_load_async (elf_path, progress, progress_data, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  table = sonde_symbol_cage_load_finish (result, error);
  g_main_context_pop_thread_default (context);
  return table;
}
