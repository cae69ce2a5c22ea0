/* reader-run.c: one run of sonde-symbols on a file, in a process of its own, and what it wrote */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "symbols/reader-run.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log-line.h"
#include "base/program.h"
#include "symbols/reader-limits.h"
#include "symbols/reader-verdict.h"
#include "symbols/symbol-error.h"

/* Descriptors as the reader sees them. */
enum
{
  INPUT_FD = 3,
  OUTPUT_FD = 4,
  PROGRESS_FD = 5,
};

/* A reader that a file has turned against us may write what it likes for as long as it lives. */
#define MAX_LINE 4096
#define LEAST_STEP 0.005

/* One run; owned by its task. */
typedef struct
{
  char *path;
  SondeReaderLimits limits;
  int result; /* memory file that the reader writes */
  GSubprocess *process;
  GInputStream *talk; /* what the reader tells while it works, a line each */
  GString *line;      /* the part of a line that is here */
  char *message;      /* the reader's last word, NULL: none */
  SondeReaderProgress progress;
  gpointer progress_data;
  double fraction; /* told last */
  gulong cancel_id;
  GSource *timer;
  gboolean is_timed_out;
} Run;

static void
free_run (Run *run)
{
  if (run->result >= 0)
    close (run->result);
  g_clear_object (&run->process);
  g_clear_object (&run->talk);
  g_string_free (run->line, TRUE);
  g_free (run->message);
  g_free (run->path);
  g_free (run);
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

int
sonde_reader_open (const char *path, GError **error)
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

static GStrv
dup_command (const Run *run, const char *program, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  g_strv_builder_add_many (command, program, "--input-fd=3", "--output-fd=4", "--progress-fd=5",
                           NULL);
  if (arguments != NULL)
    g_strv_builder_addv (command, (const char **) arguments);
  g_strv_builder_add_many (command, "--", run->path, NULL);
  return g_strv_builder_end (command);
}

static GSubprocess *
spawn_reader (Run *run, const char *const *arguments, int input, int progress, GError **error)
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
  g_auto (GStrv) command = dup_command (run, program, arguments);
  g_subprocess_launcher_take_fd (launcher, input, INPUT_FD);
  g_subprocess_launcher_take_fd (launcher, progress, PROGRESS_FD);
  g_subprocess_launcher_take_fd (launcher, fcntl (run->result, F_DUPFD_CLOEXEC, 0), OUTPUT_FD);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) command, error);
}

static gboolean
start (Run *run, int fd, const char *const *arguments, GError **error)
{
  const int input = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  int ends[2];

  run->result = memfd_create ("sonde-symbols", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (input < 0 || run->result < 0 || !g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    {
      const int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", run->path,
                   g_strerror (code));
      if (input >= 0)
        close (input);
      return FALSE;
    }
  run->talk = g_unix_input_stream_new (ends[0], TRUE);
  run->process = spawn_reader (run, arguments, input, ends[1], error);
  return run->process != NULL;
}

static GError *
make_error (Run *run)
{
  const gboolean has_exited = g_subprocess_get_if_exited (run->process);
  const SondeReaderEnd end = {
    .path = run->path,
    .message = run->message,
    .status = has_exited ? g_subprocess_get_exit_status (run->process) : -1,
    .signal = has_exited ? 0 : g_subprocess_get_term_sig (run->process),
    .seconds = run->limits.cpu_seconds,
    .is_timed_out = run->is_timed_out,
  };

  return sonde_reader_verdict_make_error (&end);
}

/* The reader is gone, and with the seals nobody can change what it wrote under its user's eyes. */
static GBytes *
dup_result (Run *run, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;

  fcntl (run->result, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  file = g_mapped_file_new_from_fd (run->result, FALSE, error);
  if (file == NULL)
    {
      g_prefix_error (error, "%s: ", run->path);
      return NULL;
    }
  return g_mapped_file_get_bytes (file);
}

static void
on_reader_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *bytes;

  g_subprocess_wait_finish (run->process, result, NULL);
  if (run->cancel_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), run->cancel_id);
  g_source_destroy (run->timer);
  g_clear_pointer (&run->timer, g_source_unref);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!g_subprocess_get_successful (run->process))
    {
      g_task_return_error (task, make_error (run));
      return;
    }
  bytes = dup_result (run, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
take_line (Run *run, const char *line)
{
  char *stage;
  double fraction;

  if (g_str_has_prefix (line, "error "))
    {
      g_free (run->message);
      run->message = sonde_log_make_safe (line + 6, -1);
      return;
    }
  fraction = g_ascii_strtod (line, &stage);
  if (stage == line || *stage != ' ' || !g_utf8_validate (stage, -1, NULL) || run->progress == NULL)
    return;
  /* Written so that NAN is left out, too. */
  if (!(fraction >= run->fraction + LEAST_STEP && fraction <= 1))
    return;
  run->fraction = fraction;
  run->progress (fraction, stage + 1, run->progress_data);
}

static void
take_bytes (Run *run, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    if (data[i] == '\n')
      {
        take_line (run, run->line->str);
        g_string_truncate (run->line, 0);
      }
    else if (run->line->len < MAX_LINE)
      g_string_append_c (run->line, data[i]);
}

static void
on_talk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (run->talk, result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      /* Not with the task's own cancellable: a killed reader is waited for, too. */
      g_subprocess_wait_async (run->process, NULL, on_reader_ended, g_steal_pointer (&task));
      return;
    }
  take_bytes (run, bytes);
  g_input_stream_read_bytes_async (run->talk, MAX_LINE, G_PRIORITY_DEFAULT, NULL, on_talk,
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
  Run *run = user_data;

  run->is_timed_out = TRUE;
  g_subprocess_force_exit (run->process);
  return G_SOURCE_REMOVE;
}

static void
watch (GTask *task, Run *run)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  run->timer = g_timeout_source_new_seconds (run->limits.wall_seconds);
  g_source_set_callback (run->timer, on_timed_out, run, NULL);
  g_source_attach (run->timer, g_task_get_context (task));
  if (cancellable != NULL)
    run->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                            g_object_ref (run->process), g_object_unref);
  g_input_stream_read_bytes_async (run->talk, MAX_LINE, G_PRIORITY_DEFAULT, NULL, on_talk,
                                   g_object_ref (task));
}

void
sonde_reader_run_fd_async (int fd, const char *path, const char *const *arguments,
                           SondeReaderProgress progress, gpointer progress_data,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);
  GError *error = NULL;
  struct stat info = { 0 };

  g_task_set_source_tag (task, sonde_reader_run_fd_async);
  run->path = g_strdup (path);
  run->line = g_string_new (NULL);
  run->result = -1;
  run->progress = progress;
  run->progress_data = progress_data;
  g_task_set_task_data (task, run, (GDestroyNotify) free_run);
  if (g_task_return_error_if_cancelled (task))
    return;
  fstat (fd, &info);
  run->limits = sonde_reader_limits_get ((guint64) info.st_size);
  if (start (run, fd, arguments, &error))
    watch (task, run);
  else
    g_task_return_error (task, error);
}

void
sonde_reader_run_async (const char *path, const char *const *arguments,
                        SondeReaderProgress progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GError *error = NULL;
  const int fd = sonde_reader_open (path, &error);

  if (fd < 0)
    {
      g_task_report_error (NULL, callback, user_data, sonde_reader_run_async, error);
      return;
    }
  sonde_reader_run_fd_async (fd, path, arguments, progress, progress_data, cancellable, callback,
                             user_data);
  close (fd);
}

GBytes *
sonde_reader_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

GBytes *
sonde_reader_run_fd (int fd, const char *path, const char *const *arguments,
                     SondeReaderProgress progress, gpointer progress_data, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GBytes *bytes;

  g_main_context_push_thread_default (context);
  sonde_reader_run_fd_async (fd, path, arguments, progress, progress_data, NULL, on_run, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  bytes = sonde_reader_run_finish (result, error);
  g_main_context_pop_thread_default (context);
  return bytes;
}

GBytes *
sonde_reader_run (const char *path, const char *const *arguments, SondeReaderProgress progress,
                  gpointer progress_data, GError **error)
{
  const int fd = sonde_reader_open (path, error);
  GBytes *bytes;

  if (fd < 0)
    return NULL;
  bytes = sonde_reader_run_fd (fd, path, arguments, progress, progress_data, error);
  close (fd);
  return bytes;
}
