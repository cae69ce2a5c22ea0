/* output.c: whole lines to stdout or a file; a reader that left is no error */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/complain.h"

#define POLL_MS 200

struct _SondeOutput
{
  int fd;
  gboolean owns_fd;
  char *name;
  GString *pending; /* what the next flush writes */
  gboolean is_open;
  int error; /* errno of the write that failed; 0, and EPIPE, are no failure of ours */
};

SondeOutput *
sonde_output_new (int fd, const char *name)
{
  SondeOutput *self = g_new0 (SondeOutput, 1);

  self->fd = fd;
  self->name = g_strdup (name);
  self->pending = g_string_new (NULL);
  self->is_open = TRUE;
  return self;
}

SondeOutput *
sonde_output_new_for_file (const char *path, GError **error)
{
  SondeOutput *self;
  int fd;

  if (g_str_equal (path, "-"))
    return sonde_output_new (STDOUT_FILENO, "standard output");
  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      const int saved = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved),
                   "%s: %s; name a file that can be written", path, g_strerror (saved));
      return NULL;
    }
  self = sonde_output_new (fd, path);
  self->owns_fd = TRUE;
  return self;
}

void
sonde_output_free (SondeOutput *self)
{
  if (self->owns_fd)
    close (self->fd);
  g_string_free (self->pending, TRUE);
  g_free (self->name);
  g_free (self);
}

static void
fail (SondeOutput *self, int error)
{
  self->is_open = FALSE;
  self->error = error;
}

/* A reader that pauses holds us, as it holds every program; but never against a signal: so nothing
 * is written before poll() says that it will not block. */
static gboolean
wait_writable (SondeOutput *self)
{
  struct pollfd poller = { .fd = self->fd, .events = POLLOUT };

  while (poll (&poller, 1, POLL_MS) == 0 || poller.revents == 0)
    if (sonde_stop_get_signal () != 0)
      return FALSE;
  return TRUE;
}

static void
write_all (SondeOutput *self, const char *text, gsize length)
{
  while (length > 0 && self->is_open)
    {
      /* A pipe that is writable takes at least PIPE_BUF bytes without blocking. */
      const gsize part = MIN (length, PIPE_BUF);
      gssize written;

      if (!wait_writable (self))
        {
          fail (self, 0);
          return;
        }
      written = write (self->fd, text, part);
      if (written < 0 && errno != EINTR && errno != EAGAIN)
        fail (self, errno);
      if (written <= 0)
        continue;
      text += written;
      length -= (gsize) written;
    }
}

void
sonde_output_flush (SondeOutput *self)
{
  if (self->pending->len == 0)
    return;
  write_all (self, self->pending->str, self->pending->len);
  g_string_truncate (self->pending, 0);
}

void
sonde_output_text (SondeOutput *self, const char *text)
{
  if (!self->is_open)
    return;
  g_string_append (self->pending, text);
  if (self->pending->len >= PIPE_BUF)
    sonde_output_flush (self);
}

void
sonde_output_line (SondeOutput *self, const char *line)
{
  sonde_output_text (self, line);
  if (self->is_open)
    g_string_append_c (self->pending, '\n');
}

gboolean
sonde_output_is_open (const SondeOutput *self)
{
  return self->is_open;
}

gboolean
sonde_output_is_terminal (const SondeOutput *self)
{
  return isatty (self->fd) == 1;
}

void
sonde_output_get_size (const SondeOutput *self, guint *n_rows, guint *n_columns)
{
  struct winsize size = { 0 };

  *n_rows = *n_columns = 0;
  if (ioctl (self->fd, TIOCGWINSZ, &size) != 0)
    return;
  *n_rows = size.ws_row;
  *n_columns = size.ws_col;
}

SondeExit
sonde_output_finish (SondeOutput *self)
{
  int error;

  sonde_output_flush (self);
  error = self->error;
  if (error == 0 || error == EPIPE)
    return SONDE_EXIT_OK;
  self->error = 0;
  return sonde_complain (SONDE_EXIT_MACHINE, "%s: %s; free some space or name another file",
                         self->name, g_strerror (error));
}
