/* file-stamp.c: what tells one state of a file from another */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/file-stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workbench/elf-extent.h"

static gint64
to_ns (struct timespec time)
{
  return (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

void
sonde_file_stamp_take (SondeFileStamp *self, const char *path)
{
  struct stat facts;

  *self = (SondeFileStamp){ 0 };
  if (stat (path, &facts) != 0)
    return;
  self->exists = TRUE;
  self->device = facts.st_dev;
  self->inode = facts.st_ino;
  self->size = (guint64) facts.st_size;
  self->modified_ns = to_ns (facts.st_mtim);
  self->changed_ns = to_ns (facts.st_ctim);
}

gboolean
sonde_file_stamp_equal (const SondeFileStamp *a, const SondeFileStamp *b)
{
  return a->exists == b->exists && a->device == b->device && a->inode == b->inode
         && a->size == b->size && a->modified_ns == b->modified_ns
         && a->changed_ns == b->changed_ns;
}

static gboolean
read_at (gpointer source, guint64 offset, guint8 *buffer, gsize size)
{
  const int fd = GPOINTER_TO_INT (source);
  gsize done = 0;

  while (done < size)
    {
      const gssize n = pread (fd, buffer + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

/* A read lease is given only while nobody has the file open for writing. The signal that tells of
 * a writer who comes while it is held must be one that a process ignores by itself. Where leases
 * are not to be had (another owner, a network disk), time has to tell. */
static gboolean
is_being_written (int fd)
{
  if (fcntl (fd, F_SETSIG, SIGURG) != 0)
    return FALSE;
  if (fcntl (fd, F_SETLEASE, F_RDLCK) != 0)
    return errno == EAGAIN;
  fcntl (fd, F_SETLEASE, F_UNLCK);
  return FALSE;
}

char *
sonde_file_stamp_why_no_elf (const char *path)
{
  /* A pipe of that name must not hold the thread. */
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const int code = errno;
  struct stat facts;
  const char *why = NULL;

  if (fd < 0)
    return g_strdup (code == ENOENT ? "it is gone" : g_strerror (code));
  if (fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode))
    why = "it is no regular file";
  else if (is_being_written (fd))
    why = "another program is writing it";
  else
    why = sonde_elf_extent_why_not_whole (read_at, GINT_TO_POINTER (fd), (guint64) facts.st_size);
  close (fd);
  return g_strdup (why);
}
