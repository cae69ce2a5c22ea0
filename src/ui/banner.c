/* banner.c: the strip below the header that says what is wrong and what to press */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/banner.h"

typedef struct
{
  char *subject, *markup; /* owned, as are the next */
  char *button, *action;
  char *more_button, *more_action; /* (nullable) */
  gboolean is_closed;              /* by the person: waits for another text */
} Notice;

struct _SondeBanner
{
  GtkWidget parent_instance;
  GPtrArray *notices; /* Notice, oldest first */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button, *more_button;
};

G_DEFINE_FINAL_TYPE (SondeBanner, sonde_banner, GTK_TYPE_WIDGET)

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->subject);
  g_free (notice->markup);
  g_free (notice->button);
  g_free (notice->action);
  g_free (notice->more_button);
  g_free (notice->more_action);
  g_free (notice);
}

static Notice *
shown_notice (SondeBanner *self)
{
  for (guint i = self->notices->len; i > 0; i--)
    {
      Notice *notice = g_ptr_array_index (self->notices, i - 1);

      if (!notice->is_closed)
        return notice;
    }
  return NULL;
}

/* The target goes first: a name without its target is complained about. */
static void
set_action (GtkActionable *button, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_actionable_set_action_name (button, NULL);
  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
show_button (GtkButton *button, const char *label, const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  set_action (GTK_ACTIONABLE (button), action);
}

static void
update (SondeBanner *self)
{
  const Notice *notice = shown_notice (self);

  gtk_revealer_set_reveal_child (self->revealer, notice != NULL);
  if (notice == NULL)
    return;
  gtk_label_set_markup (self->label, notice->markup);
  show_button (self->button, notice->button, notice->action);
  show_button (self->more_button, notice->more_button, notice->more_action);
}

static void
on_close_clicked (GtkButton *button, SondeBanner *self)
{
  Notice *notice = shown_notice (self);

  if (notice != NULL)
    notice->is_closed = TRUE;
  update (self);
}

static Notice *
find_notice (SondeBanner *self, const char *subject, guint *index)
{
  for (guint i = 0; i < self->notices->len; i++)
    {
      Notice *notice = g_ptr_array_index (self->notices, i);

      if (g_strcmp0 (notice->subject, subject) != 0)
        continue;
      *index = i;
      return notice;
    }
  return NULL;
}

static void
sonde_banner_dispose (GObject *object)
{
  SondeBanner *self = SONDE_BANNER (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  G_OBJECT_CLASS (sonde_banner_parent_class)->dispose (object);
}

static void
sonde_banner_class_init (SondeBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_banner_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, SondeBanner, label);
  gtk_widget_class_bind_template_child (widget_class, SondeBanner, button);
  gtk_widget_class_bind_template_child (widget_class, SondeBanner, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sonde_banner_init (SondeBanner *self)
{
  self->notices = g_ptr_array_new_with_free_func (notice_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sonde_banner_show (SondeBanner *self, const char *subject, const char *markup, const char *button,
                   const char *action)
{
  guint index = 0;
  Notice *notice = find_notice (self, subject, &index);

  if (notice != NULL && g_strcmp0 (notice->markup, markup) == 0
      && g_strcmp0 (notice->action, action) == 0)
    return;
  if (notice != NULL)
    g_ptr_array_remove_index (self->notices, index);
  notice = g_new0 (Notice, 1);
  notice->subject = g_strdup (subject);
  notice->markup = g_strdup (markup);
  notice->button = g_strdup (button);
  notice->action = g_strdup (action);
  g_ptr_array_add (self->notices, notice);
  update (self);
}

void
sonde_banner_offer (SondeBanner *self, const char *subject, const char *button, const char *action)
{
  guint index = 0;
  Notice *notice = find_notice (self, subject, &index);

  if (notice == NULL || g_strcmp0 (notice->more_action, action) == 0)
    return;
  g_free (notice->more_button);
  g_free (notice->more_action);
  notice->more_button = g_strdup (button);
  notice->more_action = g_strdup (action);
  update (self);
}

void
sonde_banner_hide (SondeBanner *self, const char *subject)
{
  guint index = 0;

  if (find_notice (self, subject, &index) == NULL)
    return;
  g_ptr_array_remove_index (self->notices, index);
  update (self);
}

const char *
sonde_banner_get_text (SondeBanner *self)
{
  return shown_notice (self) == NULL ? NULL : gtk_label_get_text (self->label);
}
