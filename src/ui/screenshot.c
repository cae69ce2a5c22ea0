/* screenshot.c: a picture of a window, drawn by its own renderer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screenshot.h"

#define MAX_FRAMES 120

typedef struct
{
  GtkWidget *widget;
  char *path;
  SondeScreenshotDone done;
  gpointer user_data;
  gulong painted_id;
  guint n_frames;
} Request;

static void
finish (GdkFrameClock *clock, Request *request, const GError *error)
{
  g_signal_handler_disconnect (clock, request->painted_id);
  request->done (error, request->user_data);
  g_object_unref (request->widget);
  g_free (request->path);
  g_free (request);
}

static gboolean
save_node (GtkWidget *widget, GskRenderNode *node, const char *path, GError **error)
{
  const graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &whole);
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);

  return g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}

static GskRenderNode *
snapshot_widget (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  return gtk_snapshot_free_to_node (snapshot);
}

/* Between frames a widget that waits for its new size has no picture; right after one it has. */
static void
on_painted (GdkFrameClock *clock, Request *request)
{
  GskRenderNode *node = snapshot_widget (request->widget);
  g_autoptr (GError) error = NULL;

  if (node == NULL && request->n_frames++ < MAX_FRAMES)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      return;
    }
  if (node == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: the window is never whole",
                 request->path);
  else
    save_node (request->widget, node, request->path, &error);
  g_clear_pointer (&node, gsk_render_node_unref);
  finish (clock, request, error);
}

void
sonde_screenshot_take (GtkWidget *widget, const char *path, SondeScreenshotDone done,
                       gpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Request *request = g_new0 (Request, 1);

  request->widget = g_object_ref (widget);
  request->path = g_strdup (path);
  request->done = done;
  request->user_data = user_data;
  request->painted_id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), request);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}
