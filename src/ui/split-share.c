/* split-share.c: the handle of a paned as a fraction that stays, over resizes and starts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/split-share.h"

#define SAVE_MS 300 /* a drag moves the handle sixty times a second */

/* Goes with its paned. */
typedef struct
{
  GtkPaned *paned;
  GSettings *settings; /* (nullable) */
  char *key;
  double share;
  int size_px; /* of the paned, for which the share was last applied */
  guint tick;
  guint save;
} SplitShare;

static int
get_size (SplitShare *self)
{
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) == GTK_ORIENTATION_VERTICAL
             ? gtk_widget_get_height (GTK_WIDGET (self->paned))
             : gtk_widget_get_width (GTK_WIDGET (self->paned));
}

static void
save_now (SplitShare *self)
{
  if (self->save == 0)
    return;
  g_clear_handle_id (&self->save, g_source_remove);
  g_settings_set_double (self->settings, self->key, CLAMP (self->share, 0.1, 0.9));
}

static gboolean
on_save (gpointer data)
{
  save_now (data);
  return G_SOURCE_REMOVE;
}

/* What the paned does itself, to fit its children in, must not become the share: else it would
 * creep with every resize. */
static gboolean
is_own_place (SplitShare *self, int size_px, int position)
{
  int least = 0, most = 0;

  g_object_get (self->paned, "min-position", &least, "max-position", &most, NULL);
  return position == CLAMP ((int) (self->share * size_px), least, MAX (least, most));
}

static void
on_moved (SplitShare *self)
{
  const int size_px = get_size (self);
  const int position = gtk_paned_get_position (self->paned);

  if (size_px <= 0 || size_px != self->size_px || is_own_place (self, size_px, position))
    return;
  self->share = (double) position / size_px;
  if (self->settings != NULL && self->save == 0)
    self->save = g_timeout_add (SAVE_MS, on_save, self);
}

static gboolean
apply (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SplitShare *self = data;

  self->tick = 0;
  self->size_px = get_size (self);
  gtk_paned_set_position (self->paned, (int) (self->share * self->size_px));
  return G_SOURCE_REMOVE;
}

/* Comes in the middle of laying out, where nothing may be moved: so with the next frame. */
static void
on_resized (SplitShare *self)
{
  if (self->tick == 0 && get_size (self) > 0 && get_size (self) != self->size_px)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->paned), apply, self, NULL);
}

static void
on_gone (gpointer data, GObject *paned)
{
  SplitShare *self = data;

  save_now (self);
  g_clear_object (&self->settings);
  g_free (self->key);
  g_free (self);
}

void
sonde_split_share_keep (GtkPaned *paned, GSettings *settings, const char *key, double fallback)
{
  SplitShare *self = g_new0 (SplitShare, 1);

  self->paned = paned;
  g_set_object (&self->settings, settings);
  self->key = g_strdup (key);
  self->share = settings == NULL ? fallback : g_settings_get_double (settings, key);
  g_object_weak_ref (G_OBJECT (paned), on_gone, self);
  g_signal_connect_swapped (paned, "notify::position", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (paned, "notify::max-position", G_CALLBACK (on_resized), self);
}
