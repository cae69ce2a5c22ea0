/* width-bin.c: a container that lets the window shrink and tells how wide it has become */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/width-bin.h"

#define LEAST_WIDTH_PX 360
#define LEAST_HEIGHT_PX 240

struct _SondeWidthBin
{
  GtkWidget parent_instance;
  GtkWidget *child; /* owned by the widget tree */
  int width_px, height_px;
  guint tell_id;
};

enum
{
  PROP_CHILD = 1,
};

static guint resized_signal;

G_DEFINE_FINAL_TYPE (SondeWidthBin, sonde_width_bin, GTK_TYPE_WIDGET)

static gboolean
tell_size (gpointer data)
{
  SondeWidthBin *self = data;

  self->tell_id = 0;
  g_signal_emit (self, resized_signal, 0, self->width_px, self->height_px);
  return G_SOURCE_REMOVE;
}

static void
width_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  SondeWidthBin *self = SONDE_WIDTH_BIN (widget);
  const int least = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH_PX : LEAST_HEIGHT_PX;

  *minimum = least;
  *natural = least;
  *minimum_baseline = *natural_baseline = -1;
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, NULL, natural, NULL, NULL);
  *natural = MAX (*natural, least);
}

static void
width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeWidthBin *self = SONDE_WIDTH_BIN (widget);
  int wish_width = 0, wish_height = 0;

  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &wish_width, NULL, NULL, NULL);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, MAX (wish_width, width), &wish_height,
                      NULL, NULL, NULL);
  gtk_widget_allocate (self->child, MAX (wish_width, width), MAX (wish_height, height), baseline,
                       NULL);
  if (width == self->width_px && height == self->height_px)
    return;
  self->width_px = width;
  self->height_px = height;
  /* Nothing may be shown or hidden in the middle of an allocation. */
  if (self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_size, self, NULL);
}

static void
sonde_width_bin_dispose (GObject *object)
{
  SondeWidthBin *self = SONDE_WIDTH_BIN (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_width_bin_parent_class)->dispose (object);
}

static void
sonde_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    sonde_width_bin_set_child (SONDE_WIDTH_BIN (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sonde_width_bin_class_init (SondeWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_width_bin_dispose;
  object_class->set_property = sonde_width_bin_set_property;
  widget_class->measure = width_bin_measure;
  widget_class->size_allocate = width_bin_size_allocate;
  g_object_class_install_property (object_class, PROP_CHILD,
                                   g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  resized_signal = g_signal_new ("resized", SONDE_TYPE_WIDTH_BIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
sonde_width_bin_init (SondeWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
sonde_width_bin_set_child (SondeWidthBin *self, GtkWidget *child)
{
  g_return_if_fail (SONDE_IS_WIDTH_BIN (self));

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

int
sonde_width_bin_get_wish (SondeWidthBin *self)
{
  int wish = 0;

  if (self->child != NULL)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &wish, NULL, NULL, NULL);
  return wish;
}
