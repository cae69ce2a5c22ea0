/* file.c: files that are there whole or not at all */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
set_system_error (GError **error, const char *path)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      const ssize_t n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* The name is in the folder, and so the folder must reach the disk as well. Some file systems do
 * not sync folders; the file is there all the same. */
static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
fill (int fd, const void *data, gsize size, guint mode)
{
  const gboolean is_written
      = write_all (fd, data, size) && fchmod (fd, (mode_t) mode) == 0 && fsync (fd) == 0;
  const int code = errno;
  const gboolean is_closed = close (fd) == 0;

  if (!is_written)
    errno = code;
  return is_written && is_closed;
}

gboolean
sonde_file_replace (const char *path, const void *data, gsize size, guint mode, GError **error)
{
  g_return_val_if_fail (path != NULL && (data != NULL || size == 0), FALSE);

  g_autofree char *aside = g_strconcat (path, ".XXXXXX", NULL);
  const int fd = g_mkstemp_full (aside, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    return set_system_error (error, path);
  if (!fill (fd, data, size, mode) || g_rename (aside, path) != 0)
    {
      set_system_error (error, path);
      g_unlink (aside);
      return FALSE;
    }
  sync_folder_of (path);
  return TRUE;
}
