/* test-plot-view.c: the plot widget under the pointer and the keyboard, on a screen of its own */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-view.h"

#include <adwaita.h>
#include <math.h>

#include "export/plot-painter.h"
#include "trace/trace.h"
#include "ui/plot-canvas.h"

/* In the sanitizer build: modules that are gone cannot be named in a report of leaks. */
#ifdef SONDE_SANITIZE
int dlclose (void *handle);
int
dlclose (void *handle)
{
  return 0;
}
#endif

#define HISTORY_S 20

typedef struct
{
  GtkWidget *window;
  SondePlotView *view;
  SondePlotCanvas *canvas;
  SondeTrace *trace;
  gint64 next_us;
} Stage;

/* A ramp at 1 kHz: the value says the time. */
static void
feed (Stage *stage, guint n)
{
  for (guint i = 0; i < n; i++, stage->next_us += 1000)
    {
      const SondeValue value = sonde_value_unsigned ((guint64) (stage->next_us / 1000 % 1000000));

      g_assert_true (sonde_trace_append (stage->trace, stage->next_us, &value));
    }
}

/* Lets the window work for a few of its frames. */
static void
run (guint n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (20000);
    }
}

static GtkWidget *
find_by_name (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_by_name (child, name);
  return found;
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);

  stage->trace = sonde_trace_new (type);
  stage->next_us = g_get_real_time () / 1000 * 1000 - HISTORY_S * G_USEC_PER_SEC;
  feed (stage, HISTORY_S * 1000);
  stage->view = SONDE_PLOT_VIEW (sonde_plot_view_new ());
  stage->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 700, 300);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (stage->view));
  sonde_plot_view_add_source (stage->view, SONDE_SOURCE (stage->trace), "wave.counter", "V", -1,
                              type, NULL);
  stage->canvas = SONDE_PLOT_CANVAS (find_by_name (GTK_WIDGET (stage->view), "plot"));
  gtk_window_present (GTK_WINDOW (stage->window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (stage->canvas))
         || gtk_widget_get_width (GTK_WIDGET (stage->canvas)) == 0)
    run (1);
  run (5);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  run (2);
  g_object_unref (stage->trace);
}

static GtkEventController *
controller_of (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_error ("no %s", g_type_name (type));
}

static void
point_at (Stage *stage, double x, double y)
{
  g_signal_emit_by_name (
      controller_of (GTK_WIDGET (stage->canvas), GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion", x, y);
}

static void
scroll (Stage *stage, double notches)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (
      controller_of (GTK_WIDGET (stage->canvas), GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0,
      notches, &is_handled);
  g_assert_true (is_handled);
}

static gboolean
press (GtkWidget *widget, guint key)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (controller_of (widget, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key,
                         0, 0, &is_handled);
  return is_handled;
}

/* Whatever streams in: what is under the pointer stays there. */
static void
test_zoom (Stage *stage, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (guint i = 0; i < 50; i++)
    {
      const double x = g_rand_double_range (rand, 70, 600);
      SondePlotFrame frame;
      gint64 time_us;

      point_at (stage, x, 100);
      frame = sonde_plot_canvas_get_frame (stage->canvas);
      time_us = sonde_plot_frame_time (&frame, x);
      scroll (stage, g_rand_int_range (rand, -4, 4));
      feed (stage, 33);
      run (2);
      frame = sonde_plot_canvas_get_frame (stage->canvas);
      g_assert_cmpfloat (fabs (sonde_plot_frame_x (&frame, time_us) - x), <=, 1);
    }
}

static void
test_follow (Stage *stage, gconstpointer data)
{
  GtkWidget *pill = find_by_name (GTK_WIDGET (stage->view), "live-pill");
  gint64 start_us, end_us, later_us;

  g_assert_true (sonde_plot_view_is_live (stage->view));
  g_assert_false (gtk_widget_get_visible (pill));
  g_assert_true (press (GTK_WIDGET (stage->canvas), GDK_KEY_Left));
  g_assert_false (sonde_plot_view_is_live (stage->view));
  g_assert_true (gtk_widget_get_visible (pill));
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  feed (stage, 500);
  run (5);
  sonde_plot_view_get_visible_span (stage->view, &start_us, &later_us);
  g_assert_cmpint (later_us, ==, end_us);
  g_signal_emit_by_name (pill, "clicked");
  g_assert_true (sonde_plot_view_is_live (stage->view));
  g_assert_false (gtk_widget_get_visible (pill));
  feed (stage, 500);
  run (5);
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  g_assert_cmpint (ABS (end_us - stage->next_us), <, 50000);
}

static void
test_freeze (Stage *stage, gconstpointer data)
{
  const guint64 n_before = sonde_trace_get_n_samples (stage->trace);
  gint64 start_us, end_us, later_us;

  g_assert_true (press (GTK_WIDGET (stage->canvas), GDK_KEY_space));
  g_assert_true (sonde_plot_view_get_frozen (stage->view));
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  feed (stage, 3000);
  run (5);
  sonde_plot_view_get_visible_span (stage->view, &start_us, &later_us);
  g_assert_cmpint (later_us, ==, end_us);
  g_assert_cmpuint (sonde_trace_get_n_samples (stage->trace), ==, n_before + 3000);
  press (GTK_WIDGET (stage->canvas), GDK_KEY_space);
  g_assert_true (sonde_plot_view_is_live (stage->view));
}

static void
test_back_and_fit (Stage *stage, gconstpointer data)
{
  gint64 start_us, end_us, first_us, last_us;

  sonde_plot_view_set_span_us (stage->view, 2000000);
  press (GTK_WIDGET (stage->canvas), GDK_KEY_plus);
  press (GTK_WIDGET (stage->canvas), GDK_KEY_Left);
  press (GTK_WIDGET (stage->canvas), GDK_KEY_Home);
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  g_assert_true (sonde_source_get_span (SONDE_SOURCE (stage->trace), &first_us, &last_us));
  g_assert_cmpint (start_us, <=, first_us);
  g_assert_cmpint (end_us, >, last_us);
  for (guint i = 0; i < 3; i++)
    g_assert_true (press (GTK_WIDGET (stage->canvas), GDK_KEY_BackSpace));
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  g_assert_cmpint (ABS (end_us - start_us - 2000000), <, 20000);
  g_assert_true (sonde_plot_view_is_live (stage->view));
  g_assert_true (sonde_plot_view_back (stage->view));
  g_assert_false (sonde_plot_view_back (stage->view));
}

/* The chip reads the sample nearest to the pointer, never something between two. */
static void
test_hover (Stage *stage, gconstpointer data)
{
  SondePlotFrame frame;
  g_autofree char *expected = NULL;
  SondeValue value;

  press (GTK_WIDGET (stage->canvas), GDK_KEY_Left);
  run (3);
  frame = sonde_plot_canvas_get_frame (stage->canvas);
  point_at (stage, 333, 80);
  g_assert_true (sonde_source_get_nearest (SONDE_SOURCE (stage->trace),
                                           sonde_plot_frame_time (&frame, 333), NULL, &value));
  expected = g_strdup_printf ("%" G_GUINT64_FORMAT, value.u);
  run (3);
  g_assert_nonnull (find_label (GTK_WIDGET (stage->view), expected));
  g_signal_emit_by_name (
      controller_of (GTK_WIDGET (stage->canvas), GTK_TYPE_EVENT_CONTROLLER_MOTION), "leave");
  run (2);
  g_assert_null (find_label (GTK_WIDGET (stage->view), expected));
}

static void
on_removed (SondePlotView *view, SondeSource *source, SondeSource **removed)
{
  *removed = source;
}

static void
test_remove (Stage *stage, gconstpointer data)
{
  GtkWidget *label = find_label (GTK_WIDGET (stage->view), "wave.counter");
  GtkWidget *chip = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  SondeSource *removed = NULL;

  g_signal_connect (stage->view, "trace-removed", G_CALLBACK (on_removed), &removed);
  g_assert_true (press (chip, GDK_KEY_Delete));
  g_assert_true (removed == SONDE_SOURCE (stage->trace));
  g_assert_cmpuint (sonde_plot_view_get_n_sources (stage->view), ==, 0);
  g_assert_null (find_label (GTK_WIDGET (stage->view), "wave.counter"));
  run (3);
}

static void
test_y_fixed (Stage *stage, gconstpointer data)
{
  const SondeValue outlier = sonde_value_unsigned (4000000000u);
  SondeYRange y;

  sonde_plot_view_set_y_mode (stage->view, SONDE_Y_FIXED, -5, 5);
  for (guint i = 0; i < 10; i++)
    {
      stage->next_us += 1000;
      sonde_trace_append (stage->trace, stage->next_us, &outlier);
      run (1);
    }
  y = sonde_plot_view_get_y (stage->view);
  g_assert_cmpfloat (y.low, ==, -5);
  g_assert_cmpfloat (y.high, ==, 5);
  press (GTK_WIDGET (stage->canvas), GDK_KEY_a);
  run (5);
  g_assert_cmpfloat (sonde_plot_view_get_y (stage->view).high, >=, 4e9);
}

/* The menu's way to the same: the range is kept, and it says so. */
static void
test_menu (Stage *stage, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (stage->canvas);
  SondeYRange before, after;
  GtkWidget *popover;

  before = sonde_plot_view_get_y (stage->view);
  g_assert_true (gtk_widget_activate_action (canvas, "plot.values", "s", "fixed"));
  after = sonde_plot_view_get_y (stage->view);
  g_assert_cmpint (after.mode, ==, SONDE_Y_FIXED);
  g_assert_cmpfloat (after.low, ==, before.low);
  g_assert_true (gtk_widget_activate_action (canvas, "plot.freeze", NULL));
  g_assert_true (sonde_plot_view_get_frozen (stage->view));
  g_assert_true (gtk_widget_activate_action (canvas, "plot.set-range", NULL));
  popover = find_by_name (canvas, "value-range");
  gtk_editable_set_text (g_object_get_data (G_OBJECT (popover), "low"), "10");
  gtk_editable_set_text (g_object_get_data (G_OBJECT (popover), "high"), "1x");
  g_signal_emit_by_name (g_object_get_data (G_OBJECT (popover), "high"), "activate");
  g_assert_true (
      gtk_widget_has_css_class (g_object_get_data (G_OBJECT (popover), "high"), "error"));
  gtk_editable_set_text (g_object_get_data (G_OBJECT (popover), "high"), "20");
  g_signal_emit_by_name (g_object_get_data (G_OBJECT (popover), "high"), "activate");
  g_assert_cmpfloat (sonde_plot_view_get_y (stage->view).high, ==, 20);
  run (3);
}

static void
test_accessible (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (stage->canvas)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (stage->canvas),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL));
}

/* Dark and light, and a second plot on the same time axis. */
static void
test_linked_and_dark (Stage *stage, gconstpointer data)
{
  g_autoptr (SondePlotView) other = g_object_ref_sink (SONDE_PLOT_VIEW (sonde_plot_view_new ()));
  gint64 start_us, end_us, other_start_us, other_end_us;

  sonde_plot_view_set_range (other, sonde_plot_view_get_range (stage->view));
  press (GTK_WIDGET (stage->canvas), GDK_KEY_Left);
  sonde_plot_view_get_visible_span (stage->view, &start_us, &end_us);
  sonde_plot_view_get_visible_span (other, &other_start_us, &other_end_us);
  g_assert_cmpint (start_us, ==, other_start_us);
  g_assert_cmpint (end_us, ==, other_end_us);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  run (5);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  run (5);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Stage *stage, gconstpointer data);
  } tests[] = {
    { "/plot-view/zoom", test_zoom },       { "/plot-view/follow", test_follow },
    { "/plot-view/freeze", test_freeze },   { "/plot-view/back-and-fit", test_back_and_fit },
    { "/plot-view/hover", test_hover },     { "/plot-view/remove", test_remove },
    { "/plot-view/y-fixed", test_y_fixed }, { "/plot-view/accessible", test_accessible },
    { "/plot-view/menu", test_menu },       { "/plot-view/linked", test_linked_and_dark },
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Stage, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
