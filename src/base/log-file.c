/* log-file.c: a text file that is set aside when it is full: NAME, NAME.1 (the newest) and so on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _SondeLogFile
{
  char *path; /* owned */
  int fd;     /* -1 while none is open */
  gsize max_bytes;
  guint n_files;
};

static gboolean
set_system_error (GError **error, const char *path)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
open_file (SondeLogFile *self, GError **error)
{
  self->fd = open (self->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return self->fd >= 0 || set_system_error (error, self->path);
}

static void
close_file (SondeLogFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

SondeLogFile *
sonde_log_file_open (const char *directory, const char *name, gsize max_bytes, guint n_files,
                     GError **error)
{
  g_autoptr (SondeLogFile) self = g_new0 (SondeLogFile, 1);

  self->fd = -1;
  self->path = g_build_filename (directory, name, NULL);
  self->max_bytes = max_bytes;
  self->n_files = n_files;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      set_system_error (error, directory);
      return NULL;
    }
  return open_file (self, error) ? g_steal_pointer (&self) : NULL;
}

void
sonde_log_file_free (SondeLogFile *self)
{
  close_file (self);
  g_free (self->path);
  g_free (self);
}

static char *
dup_set_aside (const SondeLogFile *self, guint index)
{
  return index == 0 ? g_strdup (self->path) : g_strdup_printf ("%s.%u", self->path, index);
}

/* Asks the file, because another process may write into it too. A line longer than a whole file
 * still goes into one. */
static gboolean
has_room (const SondeLogFile *self, gsize size)
{
  struct stat found;

  if (fstat (self->fd, &found) != 0 || found.st_size == 0)
    return TRUE;
  return (gsize) found.st_size + size <= self->max_bytes;
}

static gboolean
set_aside (SondeLogFile *self, GError **error)
{
  close_file (self);
  for (guint i = self->n_files - 1; i > 0; i--)
    {
      g_autofree char *from = dup_set_aside (self, i - 1);
      g_autofree char *to = dup_set_aside (self, i);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return set_system_error (error, from);
    }
  return open_file (self, error);
}

/* Another process may have set the files aside already: then only the new one is opened. */
static gboolean
rotate (SondeLogFile *self, gsize size, GError **error)
{
  close_file (self);
  if (!open_file (self, error))
    return FALSE;
  return has_room (self, size) || set_aside (self, error);
}

gboolean
sonde_log_file_write (SondeLogFile *self, const char *text, gsize size, GError **error)
{
  if (!has_room (self, size) && !rotate (self, size, error))
    return FALSE;
  while (size > 0)
    {
      const ssize_t n = write (self->fd, text, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_system_error (error, self->path);
      text += n;
      size -= (gsize) n;
    }
  return TRUE;
}
