/* plot-gestures.c: wheel, drags, keys and pinches on a plot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-gestures.h"

#include <math.h>

#define WHEEL_FACTOR 1.25 /* one notch */
#define KEY_FACTOR 1.5
#define PAN_STEP 0.1 /* of the width, one notch or key */
#define DRAG_PX 4    /* less is a click */
#define MOUSE_BACK 8

/* One for each canvas; lives with it. */
typedef struct
{
  SondePlotCanvas *canvas; /* borrowed: it owns this */
  SondePlotControl *control;
  double x, y; /* the last place of the pointer: scroll events bring none */
  double start_x, start_y;
  SondePlotLook start_look;
  gboolean is_box;
  gboolean is_moving;
  double pinch_scale;
} Gestures;

static double
fraction_x (Gestures *self, double x)
{
  const SondePlotFrame frame = sonde_plot_canvas_get_frame (self->canvas);

  return CLAMP ((x - frame.x) / frame.width, 0, 1);
}

static double
fraction_y (Gestures *self, double y)
{
  const SondePlotFrame frame = sonde_plot_canvas_get_frame (self->canvas);

  return CLAMP (1 - (y - frame.y) / frame.height, 0, 1);
}

static void
on_motion (Gestures *self, double x, double y)
{
  self->x = x;
  self->y = y;
  sonde_plot_canvas_set_pointer (self->canvas, x, y);
}

static void
on_leave (Gestures *self)
{
  sonde_plot_canvas_set_pointer (self->canvas, NAN, NAN);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, gpointer data)
{
  Gestures *self = data;
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy))
    sonde_plot_control_pan_time (self->control, (dx != 0 ? dx : dy) * PAN_STEP);
  else if ((state & GDK_CONTROL_MASK) != 0)
    sonde_plot_control_zoom_value (self->control, pow (WHEEL_FACTOR, dy),
                                   fraction_y (self, self->y));
  else if (dy != 0)
    sonde_plot_control_zoom_time (self->control, pow (WHEEL_FACTOR, dy),
                                  fraction_x (self, self->x));
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  Gestures *self = data;
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  self->start_x = x;
  self->start_y = y;
  self->start_look = sonde_plot_control_get_look (self->control);
  self->is_box = (state & GDK_SHIFT_MASK) != 0;
  self->is_moving = FALSE;
}

static graphene_rect_t
box_to (Gestures *self, double dx, double dy)
{
  graphene_rect_t box
      = GRAPHENE_RECT_INIT ((float) self->start_x, (float) self->start_y, (float) dx, (float) dy);

  graphene_rect_normalize (&box);
  return box;
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  Gestures *self = data;
  const graphene_rect_t box = box_to (self, dx, dy);

  if (!self->is_moving && hypot (dx, dy) < DRAG_PX)
    return;
  if (!self->is_moving)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      if (!self->is_box)
        sonde_plot_control_remember (self->control);
      self->is_moving = TRUE;
    }
  if (self->is_box)
    sonde_plot_canvas_show_box (self->canvas, &box);
  else
    sonde_plot_control_drag_time (self->control, &self->start_look,
                                  dx / sonde_plot_canvas_get_frame (self->canvas).width);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  Gestures *self = data;
  const graphene_rect_t box = box_to (self, dx, dy);

  if (!self->is_box)
    return;
  sonde_plot_canvas_show_box (self->canvas, NULL);
  if (box.size.width < DRAG_PX || box.size.height < DRAG_PX)
    return;
  sonde_plot_control_zoom_box (self->control, fraction_x (self, box.origin.x),
                               fraction_x (self, box.origin.x + box.size.width),
                               fraction_y (self, box.origin.y + box.size.height),
                               fraction_y (self, box.origin.y));
}

static void
fit (Gestures *self)
{
  gint64 first_us, last_us;

  if (sonde_plot_traces_get_extent (sonde_plot_canvas_get_traces (self->canvas), &first_us,
                                    &last_us))
    sonde_plot_control_fit (self->control, first_us, last_us);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  Gestures *self = data;
  const guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    fit (self);
  else if (button == MOUSE_BACK)
    sonde_plot_control_back (self->control);
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  Gestures *self = data;

  self->pinch_scale = 1;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, gpointer data)
{
  Gestures *self = data;
  double x, y;

  if (!(scale > 0) || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  sonde_plot_control_zoom_time (self->control, self->pinch_scale / scale, fraction_x (self, x));
  self->pinch_scale = scale;
}

/* The keyboard zooms where the eye is: at the live edge while following, else in the middle. */
static double
key_fraction (Gestures *self)
{
  return sonde_plot_control_get_span (self->control).is_following ? 1 : 0.5;
}

static void
do_follow (Gestures *self)
{
  sonde_plot_control_follow (self->control);
}

static void
do_freeze (Gestures *self)
{
  sonde_plot_control_set_frozen (self->control, !sonde_plot_control_get_frozen (self->control));
}

static void
do_y_auto (Gestures *self)
{
  sonde_plot_control_set_y (self->control, (SondeYRange){ SONDE_Y_AUTO, 0, 0 });
}

static void
do_back (Gestures *self)
{
  sonde_plot_control_back (self->control);
}

static void
do_zoom_in (Gestures *self)
{
  sonde_plot_control_zoom_time (self->control, 1 / KEY_FACTOR, key_fraction (self));
}

static void
do_zoom_out (Gestures *self)
{
  sonde_plot_control_zoom_time (self->control, KEY_FACTOR, key_fraction (self));
}

static void
do_left (Gestures *self)
{
  sonde_plot_control_pan_time (self->control, -PAN_STEP);
}

static void
do_right (Gestures *self)
{
  sonde_plot_control_pan_time (self->control, PAN_STEP);
}

static void
do_up (Gestures *self)
{
  sonde_plot_control_pan_value (self->control, PAN_STEP);
}

static void
do_down (Gestures *self)
{
  sonde_plot_control_pan_value (self->control, -PAN_STEP);
}

static const struct
{
  guint key;
  void (*act) (Gestures *self);
} keys[] = {
  // clang-format off
  { GDK_KEY_End,       do_follow   }, { GDK_KEY_f,           do_follow   },
  { GDK_KEY_Home,      fit         }, { GDK_KEY_space,       do_freeze   },
  { GDK_KEY_a,         do_y_auto   }, { GDK_KEY_BackSpace,   do_back     },
  { GDK_KEY_plus,      do_zoom_in  }, { GDK_KEY_KP_Add,      do_zoom_in  },
  { GDK_KEY_equal,     do_zoom_in  }, { GDK_KEY_minus,       do_zoom_out },
  { GDK_KEY_Left,      do_left     }, { GDK_KEY_KP_Subtract, do_zoom_out },
  { GDK_KEY_Right,     do_right    }, { GDK_KEY_Up,          do_up       },
  { GDK_KEY_Down,      do_down     },
  // clang-format on
};

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer data)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == gdk_keyval_to_lower (key))
      {
        keys[i].act (data);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static void
add_pointer_controllers (Gestures *self)
{
  GtkWidget *widget = GTK_WIDGET (self->canvas);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
}

static void
add_gestures (Gestures *self)
{
  GtkWidget *widget = GTK_WIDGET (self->canvas);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *zoom = gtk_gesture_zoom_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (zoom, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (zoom, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (zoom));
}

void
sonde_plot_gestures_attach (SondePlotCanvas *canvas)
{
  Gestures *self = g_new0 (Gestures, 1);
  GtkEventController *key = gtk_event_controller_key_new ();

  self->canvas = canvas;
  self->control = sonde_plot_canvas_get_control (canvas);
  g_object_set_data_full (G_OBJECT (canvas), "sonde-plot-gestures", self, g_free);
  add_pointer_controllers (self);
  add_gestures (self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (canvas), key);
}
