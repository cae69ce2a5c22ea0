/* monitor-page.c: symbols, plot and watch table, or the welcome before there is anything */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/monitor-page.h"

#include "ui/plot-area.h"
#include "ui/split-share.h"
#include "ui/status-bar.h"
#include "ui/symbols-pane.h"
#include "ui/symbols-view.h"
#include "ui/watch-view.h"
#include "ui/welcome.h"

/* Before a person moves the handles. */
#define SYMBOLS_SHARE 0.21
#define PLOT_SHARE 0.56

struct _SondeMonitorPage
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  gboolean is_empty;
  gboolean shows_symbols;
  gboolean is_browsing;  /* symbols fill the page */
  gboolean is_pane_over; /* the symbols lie over the rest, as there is no room beside it */
  gboolean is_demo_due;  /* its rows are added when its symbols are there */
  GtkStack *stack;
  SondeWelcome *welcome;
  GtkPaned *columns;
  GtkOverlay *overlay;
  GtkWidget *pane_frame;
  SondeSymbolsPane *symbols;
  SondeSymbolsView *browser;
  GtkPaned *split;
  SondePlotArea *plot;
  SondeWatchView *watches;
  GtkWidget *status_edge;
  SondeStatusBar *status;
  GtkRevealer *tour;
};

enum
{
  PROP_IS_EMPTY = 1,
  PROP_SHOWS_SYMBOLS,
  PROP_IS_BROWSING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SondeMonitorPage, sonde_monitor_page, GTK_TYPE_WIDGET)

/* What a first look at the demo shows: moving traces, and rows that can be changed. */
/* clang-format off */
static const struct { const char *path; double rate_hz; gboolean is_plotted; } demo_rows[] = {
  { "motor.speed", 1000, TRUE },
  { "motor.target", 100, TRUE },
  { "motor.current", 1000, FALSE },
  { "motor.pid.kp", 10, FALSE },
  { "state", 10, FALSE },
  { "wave.sine", 1000, FALSE },
};
/* clang-format on */

/* --- What is shown ---------------------------------------------------------------------------- */

static void
update_pane (SondeMonitorPage *self)
{
  gtk_widget_set_visible (self->pane_frame, self->shows_symbols);
}

static void
update_empty (SondeMonitorPage *self)
{
  const SondeSymbolsState state = sonde_workbench_get_symbols_state (self->workbench);
  const gboolean is_empty
      = sonde_workbench_get_map (self->workbench) == NULL && state != SONDE_SYMBOLS_LOADING
        && g_list_model_get_n_items (sonde_workbench_get_devices (self->workbench)) == 0
        && g_list_model_get_n_items (sonde_workbench_get_watches (self->workbench)) == 0;

  gtk_stack_set_visible_child_name (self->stack, self->is_browsing ? "symbols"
                                                 : is_empty        ? "welcome"
                                                                   : "work");
  if (is_empty == self->is_empty)
    return;
  self->is_empty = is_empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_EMPTY]);
}

/* The bar below belongs to the plots; symbols have one of their own. */
static void
set_browsing (SondeMonitorPage *self, gboolean is_browsing)
{
  if (is_browsing == self->is_browsing)
    return;
  self->is_browsing = is_browsing;
  gtk_widget_set_visible (GTK_WIDGET (self->status), !is_browsing);
  gtk_widget_set_visible (self->status_edge, !is_browsing);
  update_empty (self);
  sonde_symbols_view_set_shown (self->browser, is_browsing,
                                sonde_symbols_pane_get_search (self->symbols));
  if (is_browsing)
    sonde_symbols_view_find (self->browser);
  else if (self->shows_symbols)
    sonde_symbols_pane_find (self->symbols);
}

static void
add_demo_rows (SondeMonitorPage *self)
{
  self->is_demo_due = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (demo_rows); i++)
    {
      sonde_workbench_add_watch (self->workbench, demo_rows[i].path, demo_rows[i].rate_hz, NULL);
      if (demo_rows[i].is_plotted)
        sonde_plot_area_add (self->plot, demo_rows[i].path);
    }
  gtk_revealer_set_reveal_child (self->tour, TRUE);
}

static void
on_symbols_changed (SondeMonitorPage *self)
{
  update_empty (self);
  if (self->is_demo_due
      && sonde_workbench_get_symbols_state (self->workbench) == SONDE_SYMBOLS_READY)
    add_demo_rows (self);
}

static gboolean
wants_symbols (SondeMonitorPage *self)
{
  GSettings *settings = sonde_workbench_get_settings (self->workbench);

  return settings == NULL || g_settings_get_boolean (settings, "symbols-visible");
}

/* --- Layout ----------------------------------------------------------------------------------- */

static void
move_pane (SondeMonitorPage *self, gboolean is_over)
{
  g_autoptr (GtkWidget) frame = g_object_ref (self->pane_frame);

  if (is_over == self->is_pane_over)
    return;
  self->is_pane_over = is_over;
  if (is_over)
    {
      gtk_paned_set_start_child (self->columns, NULL);
      gtk_widget_set_halign (frame, GTK_ALIGN_START);
      gtk_overlay_add_overlay (self->overlay, frame);
      gtk_widget_add_css_class (frame, "pane-over");
    }
  else
    {
      gtk_overlay_remove_overlay (self->overlay, frame);
      gtk_widget_set_halign (frame, GTK_ALIGN_FILL);
      gtk_paned_set_start_child (self->columns, frame);
      gtk_widget_remove_css_class (frame, "pane-over");
    }
  /* Beside the plot it is as the person left it; over it, it is called for. */
  g_object_set (self, "shows-symbols", !is_over && wants_symbols (self), NULL);
}

void
sonde_monitor_page_set_size (SondeMonitorPage *self, int width_px, int height_px)
{
  move_pane (self, width_px < 1000);
  sonde_watch_view_set_narrow (self->watches, width_px < 760);
  sonde_symbols_view_set_narrow (self->browser, width_px < 1000, width_px < 900);
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
action_plot_add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_plot_area_add (SONDE_MONITOR_PAGE (widget)->plot, g_variant_get_string (parameter, NULL));
}

static void
action_plot_remove (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_plot_area_remove (SONDE_MONITOR_PAGE (widget)->plot,
                          g_variant_get_string (parameter, NULL));
}

static void
action_show_in_map (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeMonitorPage *self = SONDE_MONITOR_PAGE (widget);
  const char *path = NULL;
  guint64 address = 0;

  g_variant_get (parameter, "(t&s)", &address, &path);
  g_object_set (self, "is-browsing", TRUE, NULL);
  sonde_symbols_view_show_in_map (self->browser, address, path);
}

static void
on_tour_closed (GtkButton *button, SondeMonitorPage *self)
{
  gtk_revealer_set_reveal_child (self->tour, FALSE);
}

static void
save_symbols (SondeMonitorPage *self)
{
  GSettings *settings = sonde_workbench_get_settings (self->workbench);

  if (settings != NULL)
    g_settings_set_boolean (settings, "symbols-visible", self->shows_symbols);
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_monitor_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeMonitorPage *self = SONDE_MONITOR_PAGE (object);

  if (id == PROP_IS_EMPTY)
    g_value_set_boolean (value, self->is_empty);
  else if (id == PROP_SHOWS_SYMBOLS)
    g_value_set_boolean (value, self->shows_symbols);
  else if (id == PROP_IS_BROWSING)
    g_value_set_boolean (value, self->is_browsing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sonde_monitor_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeMonitorPage *self = SONDE_MONITOR_PAGE (object);

  if (id == PROP_IS_BROWSING)
    {
      set_browsing (self, g_value_get_boolean (value));
      return;
    }
  if (id != PROP_SHOWS_SYMBOLS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->shows_symbols = g_value_get_boolean (value);
  update_pane (self);
  if (!self->is_pane_over && self->shows_symbols != wants_symbols (self))
    save_symbols (self);
}

static void
sonde_monitor_page_dispose (GObject *object)
{
  SondeMonitorPage *self = SONDE_MONITOR_PAGE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_monitor_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SONDE_TYPE_WELCOME);
  g_type_ensure (SONDE_TYPE_SYMBOLS_PANE);
  g_type_ensure (SONDE_TYPE_SYMBOLS_VIEW);
  g_type_ensure (SONDE_TYPE_PLOT_AREA);
  g_type_ensure (SONDE_TYPE_WATCH_VIEW);
  g_type_ensure (SONDE_TYPE_STATUS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/monitor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, welcome);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, pane_frame);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, symbols);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, split);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, status_edge);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, browser);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, plot);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, watches);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, status);
  gtk_widget_class_bind_template_child (widget_class, SondeMonitorPage, tour);
  gtk_widget_class_bind_template_callback (widget_class, on_tour_closed);
}

static void
sonde_monitor_page_class_init (SondeMonitorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_monitor_page_dispose;
  object_class->get_property = sonde_monitor_page_get_property;
  object_class->set_property = sonde_monitor_page_set_property;
  properties[PROP_IS_EMPTY] = g_param_spec_boolean ("is-empty", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWS_SYMBOLS] = g_param_spec_boolean (
      "shows-symbols", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_BROWSING] = g_param_spec_boolean ("is-browsing", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "plot.add", "s", action_plot_add);
  gtk_widget_class_install_action (widget_class, "plot.remove", "s", action_plot_remove);
  gtk_widget_class_install_action (widget_class, "symbols.show-in-map", "(ts)", action_show_in_map);
  bind_template (widget_class);
}

static void
sonde_monitor_page_init (SondeMonitorPage *self)
{
  self->shows_symbols = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sonde_monitor_page_new (SondeWorkbench *workbench)
{
  SondeMonitorPage *self = g_object_new (SONDE_TYPE_MONITOR_PAGE, NULL);
  GSettings *settings = sonde_workbench_get_settings (workbench);

  self->workbench = g_object_ref (workbench);
  sonde_symbols_pane_set_workbench (self->symbols, workbench);
  sonde_symbols_view_set_workbench (self->browser, workbench);
  sonde_plot_area_set_workbench (self->plot, workbench);
  sonde_watch_view_set_workbench (self->watches, workbench);
  sonde_status_bar_set_workbench (self->status, workbench);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (on_symbols_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_devices (workbench), "items-changed",
                           G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_watches (workbench), "items-changed",
                           G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  sonde_split_share_keep (self->columns, settings, "split-symbols", SYMBOLS_SHARE);
  sonde_split_share_keep (self->split, settings, "split-plots", PLOT_SHARE);
  self->shows_symbols = wants_symbols (self);
  update_pane (self);
  update_empty (self);
  return GTK_WIDGET (self);
}

gboolean
sonde_monitor_page_is_empty (SondeMonitorPage *self)
{
  return self->is_empty;
}

void
sonde_monitor_page_find_symbol (SondeMonitorPage *self)
{
  if (self->is_browsing)
    {
      sonde_symbols_view_find (self->browser);
      return;
    }
  g_object_set (self, "shows-symbols", TRUE, NULL);
  sonde_symbols_pane_find (self->symbols);
}

void
sonde_monitor_page_show_recent (SondeMonitorPage *self, SondeRecentFiles *recent)
{
  sonde_welcome_show_recent (self->welcome, recent);
}

void
sonde_monitor_page_export_visible (SondeMonitorPage *self)
{
  sonde_plot_area_export_visible (self->plot);
}

void
sonde_monitor_page_begin_demo (SondeMonitorPage *self)
{
  self->is_demo_due = TRUE;
}

void
sonde_monitor_page_update (SondeMonitorPage *self)
{
  sonde_status_bar_update (self->status);
  sonde_plot_area_update (self->plot);
}
