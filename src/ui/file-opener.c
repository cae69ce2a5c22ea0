/* file-opener.c: the one door for files: judges them, hands ELF files on, remembers them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "ui/file-opener.h"

#include <gtk/gtk.h>

#include "ui/file-kind.h"

struct _SondeFileOpener
{
  GObject parent_instance;
  SondeWorkbench *workbench;
  SondeRecentFiles *recent;
  GMenu *menu;
  char *opening;     /* handed to the workbench, remembered when it is loaded */
  gboolean has_more; /* files were dropped beside the one that is judged */
};

enum
{
  ACCEPTED,
  REFUSED,
  RECENT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeFileOpener, sonde_file_opener, G_TYPE_OBJECT)

/* --- Recent files ----------------------------------------------------------------------------- */

static void
append_file (GMenu *files, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  /* A single underscore would be taken for a mnemonic. */
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.open-path", "s", path);
  g_menu_append_item (files, item);
}

static void
fill_menu (SondeFileOpener *self)
{
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  const guint n = sonde_recent_files_get_n (self->recent);

  for (guint i = 0; i < n; i++)
    append_file (files, sonde_recent_files_get (self->recent, i)->path);
  if (n > 0)
    g_menu_append (rest, "_Clear This List", "win.clear-recent");
  else
    g_menu_append (rest, "_Open ELF…", "win.open");
  g_menu_remove_all (self->menu);
  if (n > 0)
    g_menu_append_section (self->menu, "Recent", G_MENU_MODEL (files));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (rest));
  g_signal_emit (self, signals[RECENT_CHANGED], 0);
}

static void
remember (SondeFileOpener *self, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  SondeAddressMap *map = sonde_workbench_get_map (self->workbench);
  SondeSymbolTable *table = map == NULL ? NULL : sonde_address_map_get_table (map);
  const char *build_id = table == NULL ? "" : sonde_symbol_table_get_facts (table)->build_id;
  g_autoptr (GError) error = NULL;

  if (!sonde_recent_files_add (self->recent, path, build_id, &error))
    g_warning ("recent files: %s", error->message);
  if (uri != NULL)
    gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  fill_menu (self);
}

/* What was built anew under its old name is of another build id now. */
static gboolean
is_rebuilt (SondeFileOpener *self)
{
  const char *path = sonde_workbench_get_elf_path (self->workbench);
  const SondeRecentFile *newest = sonde_recent_files_get (self->recent, 0);
  SondeAddressMap *map = sonde_workbench_get_map (self->workbench);
  SondeSymbolTable *table = map == NULL ? NULL : sonde_address_map_get_table (map);

  return table != NULL && newest != NULL && g_strcmp0 (newest->path, path) == 0
         && !g_str_equal (newest->build_id, sonde_symbol_table_get_facts (table)->build_id);
}

static void
on_symbols_changed (SondeFileOpener *self)
{
  const SondeSymbolsState state = sonde_workbench_get_symbols_state (self->workbench);

  if (state == SONDE_SYMBOLS_READY && self->opening != NULL)
    remember (self, self->opening);
  else if (state == SONDE_SYMBOLS_READY && is_rebuilt (self))
    remember (self, sonde_workbench_get_elf_path (self->workbench));
  if (state != SONDE_SYMBOLS_LOADING)
    g_clear_pointer (&self->opening, g_free);
}

/* --- Opening ---------------------------------------------------------------------------------- */

static void
accept_file (SondeFileOpener *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0);
  /* Accepting takes back what was said before. */
  if (self->has_more)
    g_signal_emit (self, signals[REFUSED], 0, "One file at a time: the first of these is opened.");
  self->has_more = FALSE;
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SondeFileOpener) self = data;
  g_autoptr (GError) error = NULL;
  GFile *file = g_task_get_task_data (G_TASK (result));
  g_autofree char *path = g_file_get_path (file);
  const SondeFileKind kind = sonde_file_kind_finish (result, &error);

  if (kind == SONDE_FILE_MAP && path != NULL)
    {
      accept_file (self);
      sonde_workbench_open_map (self->workbench, path);
      return;
    }
  if (kind != SONDE_FILE_ELF || path == NULL)
    {
      g_signal_emit (self, signals[REFUSED], 0,
                     error != NULL ? error->message : "Only files of this computer can be opened.");
      return;
    }
  accept_file (self);
  sonde_workbench_open_elf (self->workbench, path);
  g_free (self->opening);
  self->opening = g_steal_pointer (&path);
}

static void
open_file (SondeFileOpener *self, GFile *file)
{
  sonde_file_kind_async (file, on_judged, g_object_ref (self));
}

static void
sonde_file_opener_finalize (GObject *object)
{
  SondeFileOpener *self = SONDE_FILE_OPENER (object);

  g_clear_pointer (&self->recent, sonde_recent_files_free);
  g_clear_pointer (&self->opening, g_free);
  g_clear_object (&self->menu);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_file_opener_parent_class)->finalize (object);
}

static void
sonde_file_opener_class_init (SondeFileOpenerClass *klass)
{
  GType type = SONDE_TYPE_FILE_OPENER;

  G_OBJECT_CLASS (klass)->finalize = sonde_file_opener_finalize;
  signals[ACCEPTED]
      = g_signal_new ("accepted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RECENT_CHANGED] = g_signal_new ("recent-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
sonde_file_opener_init (SondeFileOpener *self)
{
  self->recent = sonde_recent_files_new (NULL);
  self->menu = g_menu_new ();
  fill_menu (self);
}

SondeFileOpener *
sonde_file_opener_new (SondeWorkbench *workbench)
{
  SondeFileOpener *self = g_object_new (SONDE_TYPE_FILE_OPENER, NULL);

  self->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (on_symbols_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
sonde_file_opener_open (SondeFileOpener *self, GListModel *files)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  self->has_more = g_list_model_get_n_items (files) > 1;
  if (file != NULL)
    open_file (self, file);
}

void
sonde_file_opener_open_path (SondeFileOpener *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  open_file (self, file);
}

SondeRecentFiles *
sonde_file_opener_get_recent (SondeFileOpener *self)
{
  return self->recent;
}

void
sonde_file_opener_clear_recent (SondeFileOpener *self)
{
  g_autoptr (GError) error = NULL;

  if (!sonde_recent_files_clear (self->recent, &error))
    g_warning ("recent files: %s", error->message);
  fill_menu (self);
}

GMenuModel *
sonde_file_opener_get_menu (SondeFileOpener *self)
{
  return G_MENU_MODEL (self->menu);
}
