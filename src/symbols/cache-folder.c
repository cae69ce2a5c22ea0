/* cache-folder.c: a private folder of files that are there whole or not at all, with a size cap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/cache-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_NAME "key"
#define NEW_PREFIX ".new-"
/* What a writer that was killed left behind. */
#define MAX_NEW_SECONDS 3600

struct _SondeCacheFolder
{
  int fd;
  guint64 cap;
  guint8 secret[SONDE_HASH_SECRET_SIZE];
};

/* One name in the folder. */
typedef struct
{
  char name[64];
  guint64 inode, size;
  guint64 used_ns;
} Entry;

static int
open_folder (const char *path)
{
  struct stat info;
  int fd;

  if (g_mkdir_with_parents (path, 0700) != 0)
    return -1;
  fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return -1;
  if (fstat (fd, &info) == 0 && info.st_uid == geteuid ()
      && ((info.st_mode & 077) == 0 || fchmod (fd, 0700) == 0))
    return fd;
  close (fd);
  return -1;
}

/* Nobody else can have looked into it, or put it there. */
static gboolean
is_private (const struct stat *info)
{
  return S_ISREG (info->st_mode) && info->st_uid == geteuid () && (info->st_mode & 077) == 0;
}

static gboolean
read_all (int fd, guint8 *data, gsize size)
{
  while (size > 0)
    {
      const ssize_t n = read (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
write_all (int fd, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      const ssize_t n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* A descriptor of a new file, whose name is put into @name. */
static int
open_new (const SondeCacheFolder *self, char *name, gsize size)
{
  guint64 number;

  if (getrandom (&number, sizeof number, 0) != (ssize_t) sizeof number)
    return -1;
  g_snprintf (name, (gulong) size, NEW_PREFIX "%016" G_GINT64_MODIFIER "x", number);
  return openat (self->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

typedef enum
{
  SECRET_READ,
  SECRET_MISSING,
  SECRET_FAILED,
} SecretResult;

static SecretResult
read_secret (SondeCacheFolder *self)
{
  const int fd = openat (self->fd, SECRET_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  gboolean is_read;

  if (fd < 0)
    return errno == ENOENT ? SECRET_MISSING : SECRET_FAILED;
  is_read = fstat (fd, &info) == 0 && is_private (&info) && info.st_size == sizeof self->secret
            && read_all (fd, self->secret, sizeof self->secret);
  close (fd);
  if (is_read)
    return SECRET_READ;
  /* A damaged one makes all files worthless, not the folder. */
  return unlinkat (self->fd, SECRET_NAME, 0) == 0 ? SECRET_MISSING : SECRET_FAILED;
}

/* Whoever is first gives it its name; all others take that one. */
static void
make_secret (SondeCacheFolder *self)
{
  guint8 secret[SONDE_HASH_SECRET_SIZE];
  char name[64];
  const int fd = open_new (self, name, sizeof name);

  if (fd < 0)
    return;
  if (getrandom (secret, sizeof secret, 0) == (ssize_t) sizeof secret
      && write_all (fd, secret, sizeof secret) && fsync (fd) == 0)
    linkat (self->fd, name, self->fd, SECRET_NAME, 0);
  close (fd);
  unlinkat (self->fd, name, 0);
}

SondeCacheFolder *
sonde_cache_folder_new (const char *path, guint64 cap)
{
  g_autoptr (SondeCacheFolder) self = g_new0 (SondeCacheFolder, 1);

  self->cap = cap;
  self->fd = open_folder (path);
  if (self->fd < 0)
    return NULL;
  if (read_secret (self) == SECRET_READ)
    return g_steal_pointer (&self);
  make_secret (self);
  return read_secret (self) == SECRET_READ ? g_steal_pointer (&self) : NULL;
}

void
sonde_cache_folder_free (SondeCacheFolder *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

const guint8 *
sonde_cache_folder_get_secret (SondeCacheFolder *self)
{
  return self->secret;
}

static guint64
get_max_size (const SondeCacheFolder *self)
{
  return self->cap / 4;
}

GBytes *
sonde_cache_folder_read (SondeCacheFolder *self, const char *name)
{
  const int fd = openat (self->fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  g_autofree guint8 *data = NULL;
  struct stat info;
  gsize size = 0;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && is_private (&info) && info.st_size > 0
      && (guint64) info.st_size <= get_max_size (self))
    {
      size = (gsize) info.st_size;
      data = g_try_malloc (size);
    }
  if (data == NULL || !read_all (fd, data, size))
    {
      close (fd);
      return NULL;
    }
  futimens (fd, NULL);
  close (fd);
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static guint64
get_used_ns (const struct stat *info)
{
  return (guint64) info->st_mtim.tv_sec * G_GUINT64_CONSTANT (1000000000)
         + (guint64) info->st_mtim.tv_nsec;
}

static gboolean
is_leftover (const char *name, const struct stat *info)
{
  return g_str_has_prefix (name, NEW_PREFIX)
         && info->st_mtim.tv_sec < g_get_real_time () / G_USEC_PER_SEC - MAX_NEW_SECONDS;
}

static GArray *
list_entries (SondeCacheFolder *self)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const int fd = openat (self->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *row;
  struct stat info;

  while (folder != NULL && (row = readdir (folder)) != NULL)
    {
      Entry entry;

      if (strlen (row->d_name) >= sizeof entry.name || g_str_equal (row->d_name, SECRET_NAME)
          || fstatat (self->fd, row->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0
          || !S_ISREG (info.st_mode))
        continue;
      if (is_leftover (row->d_name, &info))
        unlinkat (self->fd, row->d_name, 0);
      if (row->d_name[0] == '.')
        continue;
      g_strlcpy (entry.name, row->d_name, sizeof entry.name);
      entry.inode = info.st_ino;
      entry.size = (guint64) info.st_size;
      entry.used_ns = get_used_ns (&info);
      g_array_append_val (entries, entry);
    }
  if (folder != NULL)
    closedir (folder);
  else if (fd >= 0)
    close (fd);
  return entries;
}

/* Newest first; the names of one file have one time and stand together. */
static int
compare_use (gconstpointer a, gconstpointer b)
{
  const Entry *one = a, *other = b;

  if (one->used_ns != other->used_ns)
    return one->used_ns < other->used_ns ? 1 : -1;
  return (one->inode > other->inode) - (one->inode < other->inode);
}

static void
trim (SondeCacheFolder *self)
{
  g_autoptr (GArray) entries = list_entries (self);
  guint64 total = 0;

  g_array_sort (entries, compare_use);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (i == 0 || entry[-1].inode != entry->inode)
        total += entry->size;
      if (total > self->cap)
        unlinkat (self->fd, entry->name, 0);
    }
}

/* A process with a limit is killed where it writes more. */
static gboolean
may_write (guint64 size)
{
  struct rlimit limit;

  return getrlimit (RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur >= size;
}

gboolean
sonde_cache_folder_write (SondeCacheFolder *self, const char *name, gconstpointer head,
                          gsize head_size, GBytes *body)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);
  gboolean is_written;
  char aside[64];
  int fd;

  if (size + head_size > get_max_size (self) || !may_write (size + head_size))
    return FALSE;
  fd = open_new (self, aside, sizeof aside);
  if (fd < 0)
    return FALSE;
  /* Not synced: what a power cut damages is found by its checksum, and made again. */
  is_written = write_all (fd, head, head_size) && write_all (fd, data, size);
  is_written = close (fd) == 0 && is_written;
  if (!is_written || renameat (self->fd, aside, self->fd, name) != 0)
    {
      unlinkat (self->fd, aside, 0);
      return FALSE;
    }
  trim (self);
  return TRUE;
}

void
sonde_cache_folder_link (SondeCacheFolder *self, const char *name, const char *other)
{
  unlinkat (self->fd, other, 0);
  linkat (self->fd, name, self->fd, other, 0);
}

void
sonde_cache_folder_remove (SondeCacheFolder *self, const char *name)
{
  unlinkat (self->fd, name, 0);
}
