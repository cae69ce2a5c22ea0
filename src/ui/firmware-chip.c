/* firmware-chip.c: the one place that says which ELF, when built, and whether the board runs it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/firmware-chip.h"

#include <adwaita.h>

#include "ui/readout.h"
#include "workbench/firmware-text.h"

#define TICKS_PER_UPDATE 150 /* of the workbench: an age that grows is looked at each 5 s */
#define MAX_SKIPPED 100

struct _SondeFirmwareChip
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  guint n_ticks;
  GtkMenuButton *button;
  GtkLabel *name, *word, *detail;
  GtkImage *icon;
  GtkLabel *path, *reason, *skipped;
  GtkGrid *facts;
  GtkWidget *skipped_scroller, *anyway_button, *reload_button;
};

G_DEFINE_FINAL_TYPE (SondeFirmwareChip, sonde_firmware_chip, GTK_TYPE_WIDGET)

static const SondeSymbolFacts *
get_facts (SondeFirmwareChip *self)
{
  SondeAddressMap *map = sonde_workbench_get_map (self->workbench);
  SondeSymbolTable *table = map == NULL ? NULL : sonde_address_map_get_table (map);

  return table == NULL ? NULL : sonde_symbol_table_get_facts (table);
}

static const SondeDeviceFacts *
get_board (SondeFirmwareChip *self)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (self->workbench);

  return row == NULL ? NULL : sonde_device_row_get_facts (row);
}

static void
say (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

/* --- The chip --------------------------------------------------------------------------------- */

/* (transfer full): what is in hand with the file; NULL: nothing. */
static char *
dup_rebuild_text (SondeFirmwareChip *self)
{
  const double share = sonde_workbench_get_symbols_progress (self->workbench);

  switch (sonde_workbench_get_rebuild (self->workbench))
    {
    case SONDE_REBUILD_SETTLING:
      return g_strdup ("waiting for the file to settle");
    case SONDE_REBUILD_READING:
      return g_strdup_printf ("reading the new build, %.0f %%", share * 100);
    case SONDE_REBUILD_STUCK:
      return g_strdup ("the new build cannot be read");
    default:
      return NULL;
    }
}

static void
show_match (SondeFirmwareChip *self, const SondeDeviceFacts *board)
{
  static const char *const icons[]
      = { "dialog-question-symbolic", "object-select-symbolic", "dialog-warning-symbolic" };
  static const char *const classes[] = { "", "matches", "differs" };
  const SondeMatch match = board == NULL ? SONDE_MATCH_UNKNOWN : board->verdict.match;

  gtk_widget_set_visible (GTK_WIDGET (self->icon), board != NULL);
  say (self->word, board == NULL ? "" : sonde_firmware_text_get_word (&board->verdict));
  gtk_image_set_from_icon_name (self->icon, icons[match]);
  for (guint i = 1; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), classes[i]);
  if (board != NULL && match != SONDE_MATCH_UNKNOWN)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), classes[match]);
}

static void
show_detail (SondeFirmwareChip *self, gboolean has_word)
{
  g_autofree char *rebuild = dup_rebuild_text (self);
  g_autofree char *built = sonde_firmware_text_dup_time (
      sonde_workbench_get_built_us (self->workbench), g_get_real_time ());
  g_autofree char *detail = g_strconcat (has_word && built[0] != '\0' ? "· " : "", built, NULL);

  if (rebuild != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->icon), TRUE);
      gtk_image_set_from_icon_name (self->icon, "view-refresh-symbolic");
      /* The verdict is about the build before. */
      gtk_widget_remove_css_class (GTK_WIDGET (self->button), "matches");
      gtk_widget_remove_css_class (GTK_WIDGET (self->button), "differs");
      say (self->word, "");
    }
  say (self->detail, rebuild != NULL ? rebuild : detail);
}

/* (transfer full) */
static char *
dup_reason (SondeFirmwareChip *self, const SondeSymbolFacts *facts, const SondeDeviceFacts *board)
{
  const char *problem = sonde_workbench_get_elf_problem (self->workbench);

  if (problem != NULL)
    return g_strdup (problem);
  return board == NULL ? g_strdup ("") : sonde_firmware_text_dup_reason (board, facts);
}

static void
update (SondeFirmwareChip *self)
{
  const SondeSymbolFacts *facts = get_facts (self);
  const SondeDeviceFacts *board = get_board (self);
  const char *path = sonde_workbench_get_elf_path (self->workbench);
  g_autofree char *name = path == NULL ? g_strdup ("") : g_path_get_basename (path);
  g_autofree char *built = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *tip = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->button), facts != NULL && path != NULL);
  if (facts == NULL || path == NULL)
    return;
  say (self->name, name);
  show_match (self, board);
  show_detail (self, board != NULL);
  reason = dup_reason (self, facts, board);
  built = sonde_firmware_text_dup_built (sonde_workbench_get_built_us (self->workbench),
                                         g_get_real_time ());
  tip = g_strdup_printf ("%s\n%s%s%s", path, built, reason[0] == '\0' ? "" : "\n", reason);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->button)), tip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tip);
}

static void
on_ticked (SondeFirmwareChip *self)
{
  if (self->n_ticks++ % TICKS_PER_UPDATE == 0)
    update (self);
}

static void
on_device_changed (SondeFirmwareChip *self, SondeDeviceRow *row)
{
  update (self);
}

/* --- What it opens ---------------------------------------------------------------------------- */

static void
clear_facts (SondeFirmwareChip *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
}

static void
add_fact (SondeFirmwareChip *self, int row, const char *title, const char *text)
{
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *value = gtk_label_new (text);

  gtk_widget_add_css_class (name, "dim2");
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 40);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_grid_attach (self->facts, name, 0, row, 1, 1);
  gtk_grid_attach (self->facts, value, 1, row, 1, 1);
}

static const char *
describe_addresses (const SondeSymbolFacts *facts)
{
  if (facts->is_relocatable)
    return "An object file: addresses count from the start of each section, nothing can be polled";
  if (facts->is_pie)
    return "Position independent: addresses are those of the link";
  return "Fixed";
}

static void
fill_facts (SondeFirmwareChip *self, const SondeSymbolFacts *facts)
{
  SondeSymbolTable *table = sonde_address_map_get_table (sonde_workbench_get_map (self->workbench));
  g_autofree char *built = sonde_firmware_text_dup_built (
      sonde_workbench_get_built_us (self->workbench), g_get_real_time ());
  g_autofree char *variables = sonde_readout_dup_count (sonde_symbol_table_get_n (table));
  g_autofree char *units
      = facts->n_skipped_units == 0
            ? g_strdup_printf ("%u", facts->n_units)
            : g_strdup_printf ("%u, %u of them skipped", facts->n_units, facts->n_skipped_units);
  int row = 0;

  clear_facts (self);
  if (built[0] != '\0')
    add_fact (self, row++, "File", built);
  add_fact (self, row++, "Build id", facts->build_id[0] == '\0' ? "none" : facts->build_id);
  add_fact (self, row++, "Machine", facts->machine);
  add_fact (self, row++, "Addresses", describe_addresses (facts));
  add_fact (self, row++, "Variables", variables);
  add_fact (self, row++, "Units", facts->has_dwarf ? units : "none: only the symbol table");
}

static void
fill_skipped (SondeFirmwareChip *self, const SondeSymbolFacts *facts)
{
  SondeSymbolTable *table = sonde_address_map_get_table (sonde_workbench_get_map (self->workbench));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (facts->n_skipped_units, MAX_SKIPPED); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : "\n",
                            sonde_symbol_table_get_skipped (table, i));
  if (facts->n_skipped_units > MAX_SKIPPED)
    g_string_append_printf (text, "\nand %u more", facts->n_skipped_units - MAX_SKIPPED);
  gtk_label_set_text (self->skipped, text->str);
  gtk_widget_set_visible (self->skipped_scroller, text->len > 0);
}

static void
on_popover_shown (SondeFirmwareChip *self)
{
  const SondeSymbolFacts *facts = get_facts (self);
  const SondeDeviceFacts *board = get_board (self);
  const char *path = sonde_workbench_get_elf_path (self->workbench);
  g_autofree char *reason = NULL;

  if (facts == NULL || path == NULL)
    return;
  reason = dup_reason (self, facts, board);
  say (self->path, path);
  say (self->reason, reason);
  fill_facts (self, facts);
  fill_skipped (self, facts);
  gtk_widget_set_visible (self->anyway_button, board != NULL && board->match == SONDE_MATCH_NO
                                                   && !board->verdict.is_trusted);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reload_button), "s", path);
}

static void
on_copy_clicked (SondeFirmwareChip *self)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->path));
  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), adw_toast_new ("Path copied"));
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_firmware_chip_dispose (GObject *object)
{
  SondeFirmwareChip *self = SONDE_FIRMWARE_CHIP (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_firmware_chip_parent_class)->dispose (object);
}

static void
sonde_firmware_chip_class_init (SondeFirmwareChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_firmware_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sonde/Sonde/ui/firmware-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, button);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, name);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, word);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, detail);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, icon);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, path);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, reason);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, skipped);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, facts);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, skipped_scroller);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, SondeFirmwareChip, reload_button);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
sonde_firmware_chip_init (SondeFirmwareChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sonde_firmware_chip_set_workbench (SondeFirmwareChip *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "device-changed", G_CALLBACK (on_device_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "ticked", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
  update (self);
}
