/* port-holder.c: which program listens on a TCP port of this machine, as far as /proc tells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/port-holder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_LISTENERS 8 /* sockets of one port: some per address family and address */

typedef struct
{
  guint64 inodes[MAX_LISTENERS];
  guint n;
} Listeners;

/* Lines of /proc/net/tcp: "0: 0100007F:1F40 00000000:0000 0A ..:.. ..:.. .. uid timeout inode". */
static void
find_listeners (const char *path, guint port, Listeners *found)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && found->n < MAX_LISTENERS; i++)
    {
      guint local = 0, state = 0;
      guint64 inode = 0;

      if (sscanf (
              lines[i],
              " %*u: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*s %*s %*s %*u %*u %" G_GUINT64_FORMAT,
              &local, &state, &inode)
          != 3)
        continue;
      if (local == port && state == 0x0a && inode != 0)
        found->inodes[found->n++] = inode;
    }
}

static gboolean
is_listener (const char *path, const Listeners *found)
{
  char target[64];
  gssize size = readlink (path, target, sizeof target - 1);
  guint64 inode = 0;

  if (size <= 0)
    return FALSE;
  target[size] = '\0';
  if (sscanf (target, "socket:[%" G_GUINT64_FORMAT "]", &inode) != 1)
    return FALSE;
  for (guint i = 0; i < found->n; i++)
    if (found->inodes[i] == inode)
      return TRUE;
  return FALSE;
}

static gboolean
holds_listener (const char *pid, const Listeners *found)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_listener (path, found))
        return TRUE;
    }
  return FALSE;
}

/* The name is another program's own and may hold anything: only plain letters are kept. */
static char *
dup_name (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "comm", NULL);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return g_strdup_printf ("a program (pid %s)", pid);
  g_strchomp (name);
  for (char *letter = name; *letter != '\0'; letter++)
    if (!g_ascii_isprint (*letter))
      *letter = '?';
  return g_strdup_printf ("%s (pid %s)", name, pid);
}

char *
sonde_port_holder_dup (guint port)
{
  g_autoptr (GDir) dir = NULL;
  Listeners found = { .n = 0 };
  const char *name;

  find_listeners ("/proc/net/tcp", port, &found);
  find_listeners ("/proc/net/tcp6", port, &found);
  if (found.n > 0)
    dir = g_dir_open ("/proc", 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (name[0]) && holds_listener (name, &found))
      return dup_name (name);
  return NULL;
}
