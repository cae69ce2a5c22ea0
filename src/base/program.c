/* program.c: where the programs of this project are found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/program.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define RUNNING "/proc/self/exe"

/* Seen from build/src, build/firmware and build/tests/FOLDER. */
static const char *const program_places[]
    = { ".", "../src", "../../src", "../firmware", "../../firmware" };
/* The last one of each is the source tree's own folder. */
static const char *const data_places[] = { "../data", "../../data", "../../../data" };

/* A neighbouring folder may be anybody's where the program lies in a shared place as /tmp, so what
 * is run from there must belong to whom the running program belongs, to the person or to root. */
static gboolean
is_trusted (const GStatBuf *found)
{
  GStatBuf running;

  if (found->st_uid == 0 || found->st_uid == geteuid ())
    return TRUE;
  return g_stat (RUNNING, &running) == 0 && found->st_uid == running.st_uid;
}

static gboolean
is_program (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 && S_ISREG (found.st_mode) && is_trusted (&found)
         && g_access (path, X_OK) == 0;
}

static gboolean
is_data (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 && is_trusted (&found) && g_access (path, R_OK) == 0;
}

/* (transfer full) (nullable) */
static char *
dup_running_folder (void)
{
  g_autofree char *program = g_file_read_link (RUNNING, NULL);

  return program != NULL ? g_path_get_dirname (program) : NULL;
}

static char *
find_beside (const char *const *places, guint n_places, const char *name,
             gboolean (*is_wanted) (const char *path))
{
  g_autofree char *folder = dup_running_folder ();

  for (guint i = 0; folder != NULL && i < n_places; i++)
    {
      g_autofree char *place = g_build_filename (folder, places[i], name, NULL);
      g_autofree char *path = g_canonicalize_filename (place, "/");

      if (is_wanted (path))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
sonde_program_dup_path (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *beside
      = find_beside (program_places, G_N_ELEMENTS (program_places), name, is_program);
  g_autofree char *libexec = g_build_filename (SONDE_LIBEXECDIR, name, NULL);
  g_autofree char *bin = g_build_filename (SONDE_PREFIX, "bin", name, NULL);

  if (beside != NULL)
    return g_steal_pointer (&beside);
  if (is_program (libexec))
    return g_steal_pointer (&libexec);
  return is_program (bin) ? g_steal_pointer (&bin) : NULL;
}

char *
sonde_program_dup_data_path (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *beside = find_beside (data_places, G_N_ELEMENTS (data_places), name, is_data);
  g_autofree char *installed = g_build_filename (SONDE_DATADIR, "sonde", name, NULL);

  if (beside != NULL)
    return g_steal_pointer (&beside);
  return is_data (installed) ? g_steal_pointer (&installed) : NULL;
}
