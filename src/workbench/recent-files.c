/* recent-files.c: which ELF files were opened last; survives a restart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/recent-files.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "workbench/build-id.h"

#define MAX_FILES 10
#define MAX_FILE_BYTES (64 * 1024) /* ten paths; more is not ours */

struct _SondeRecentFiles
{
  char *path;
  GPtrArray *files; /* SondeRecentFile, newest first */
};

static void
file_free (gpointer data)
{
  SondeRecentFile *file = data;

  g_free (file->path);
  g_free (file->build_id);
  g_free (file);
}

static void
insert (SondeRecentFiles *self, int position, const char *path, const char *build_id,
        gint64 opened_s)
{
  SondeRecentFile *file = g_new (SondeRecentFile, 1);

  file->path = g_strdup (path);
  file->build_id = g_strdup (build_id);
  file->opened_s = opened_s;
  g_ptr_array_insert (self->files, position, file);
}

static void
take_entry (SondeRecentFiles *self, JsonNode *node)
{
  JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path
      = entry == NULL ? NULL : json_object_get_string_member_with_default (entry, "path", NULL);

  if (path == NULL || !g_path_is_absolute (path) || self->files->len >= MAX_FILES)
    return;
  insert (self, -1, path, json_object_get_string_member_with_default (entry, "build_id", ""),
          json_object_get_int_member_with_default (entry, "opened", 0));
}

static void
load (SondeRecentFiles *self)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  gsize size = 0;
  JsonNode *root, *files;

  if (!g_file_get_contents (self->path, &text, &size, NULL) || size > MAX_FILE_BYTES
      || !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  files = json_object_get_member (json_node_get_object (root), "files");
  if (files == NULL || !JSON_NODE_HOLDS_ARRAY (files))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (files)); i++)
    take_entry (self, json_array_get_element (json_node_get_array (files), i));
}

static char *
make_json (SondeRecentFiles *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->files->len; i++)
    {
      const SondeRecentFile *file = g_ptr_array_index (self->files, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, file->path);
      json_builder_set_member_name (builder, "build_id");
      json_builder_add_string_value (builder, file->build_id);
      json_builder_set_member_name (builder, "opened");
      json_builder_add_int_value (builder, file->opened_s);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static gboolean
save (SondeRecentFiles *self, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autofree char *text = make_json (self);

  /* A failure to make the folder shows as a failure to write into it. */
  g_mkdir_with_parents (directory, 0700);
  return g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

SondeRecentFiles *
sonde_recent_files_new (const char *path)
{
  SondeRecentFiles *self = g_new0 (SondeRecentFiles, 1);

  self->path = path != NULL
                   ? g_strdup (path)
                   : g_build_filename (g_get_user_state_dir (), "sonde", "recent.json", NULL);
  self->files = g_ptr_array_new_with_free_func (file_free);
  load (self);
  return self;
}

void
sonde_recent_files_free (SondeRecentFiles *self)
{
  g_ptr_array_unref (self->files);
  g_free (self->path);
  g_free (self);
}

guint
sonde_recent_files_get_n (SondeRecentFiles *self)
{
  return self->files->len;
}

const SondeRecentFile *
sonde_recent_files_get (SondeRecentFiles *self, guint index)
{
  return index < self->files->len ? g_ptr_array_index (self->files, index) : NULL;
}

gboolean
sonde_recent_files_add (SondeRecentFiles *self, const char *path, const char *build_id,
                        GError **error)
{
  for (guint i = self->files->len; i > 0; i--)
    {
      const SondeRecentFile *file = g_ptr_array_index (self->files, i - 1);

      if (g_str_equal (file->path, path))
        g_ptr_array_remove_index (self->files, i - 1);
    }
  insert (self, 0, path, build_id, g_get_real_time () / G_USEC_PER_SEC);
  if (self->files->len > MAX_FILES)
    g_ptr_array_set_size (self->files, MAX_FILES);
  return save (self, error);
}

/* Gone, or written since it was opened: nobody knows what build it is now. */
static gboolean
is_as_it_was (const SondeRecentFile *file)
{
  GStatBuf facts;

  return g_stat (file->path, &facts) == 0 && (gint64) facts.st_mtime <= file->opened_s;
}

const SondeRecentFile *
sonde_recent_files_find (SondeRecentFiles *self, const char *build_id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const SondeRecentFile *file = g_ptr_array_index (self->files, i);

      if (sonde_build_id_compare (build_id, file->build_id) == SONDE_MATCH_YES
          && is_as_it_was (file))
        return file;
    }
  return NULL;
}

gboolean
sonde_recent_files_clear (SondeRecentFiles *self, GError **error)
{
  g_ptr_array_set_size (self->files, 0);
  return save (self, error);
}

char *
sonde_recent_file_dup_age (const SondeRecentFile *file, gint64 now_s)
{
  static const struct
  {
    gint64 seconds;
    const char *one, *many;
  } units[] = {
    { 7 * 86400, "last week", "%d weeks ago" },
    { 86400, "yesterday", "%d days ago" },
    { 3600, "an hour ago", "%d hours ago" },
    { 60, "a minute ago", "%d minutes ago" },
  };
  const gint64 age_s = now_s - file->opened_s;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (age_s >= 2 * units[i].seconds)
      return g_strdup_printf (units[i].many, (int) (age_s / units[i].seconds));
    else if (age_s >= units[i].seconds)
      return g_strdup (units[i].one);
  return g_strdup ("just now");
}
