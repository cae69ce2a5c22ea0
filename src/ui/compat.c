/* compat.c: the few calls that newer GTK or libadwaita replace */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat.h"

typedef struct
{
  SondeFilesChosen chosen;
  gpointer user_data;
} Request;

static void
hand_over (const Request *request, GFile *file)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  request->chosen (G_LIST_MODEL (files), request->user_data);
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Request *request = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    hand_over (request, file);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Request *request = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    hand_over (request, file);
}

static void
choose (GtkWindow *parent, GtkFileChooserAction action, const char *title, const char *name,
        Request request)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Request *copy = g_memdup2 (&request, sizeof request);

  gtk_file_dialog_set_title (dialog, title);
  if (name != NULL)
    gtk_file_dialog_set_initial_name (dialog, name);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_dialog_save (dialog, parent, NULL, on_saved, copy);
  else
    gtk_file_dialog_open (dialog, parent, NULL, on_opened, copy);
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Request *request = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    hand_over (request, file);
  g_object_unref (dialog);
}

static void
choose (GtkWindow *parent, GtkFileChooserAction action, const char *title, const char *name,
        Request request)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response),
                    g_memdup2 (&request, sizeof request));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
sonde_compat_choose_elf (GtkWindow *parent, SondeFilesChosen chosen, gpointer user_data)
{
  /* No filter on names: what is an ELF is told by its first bytes, and half of them end in
   * ".out", ".axf" or nothing. */
  choose (parent, GTK_FILE_CHOOSER_ACTION_OPEN, "Open Firmware ELF", NULL,
          (Request){ chosen, user_data });
}

void
sonde_compat_choose_target (GtkWindow *parent, const char *title, const char *name,
                            SondeFilesChosen chosen, gpointer user_data)
{
  choose (parent, GTK_FILE_CHOOSER_ACTION_SAVE, title, name, (Request){ chosen, user_data });
}

void
sonde_compat_show_about (GtkWindow *parent)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  GtkWidget *about = adw_about_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  adw_about_window_set_application_name (ADW_ABOUT_WINDOW (about), "Sonde");
  adw_about_window_set_application_icon (ADW_ABOUT_WINDOW (about), "org.sonde.Sonde");
  adw_about_window_set_version (ADW_ABOUT_WINDOW (about), SONDE_VERSION);
  adw_about_window_set_developer_name (ADW_ABOUT_WINDOW (about), "The Sonde developers");
  adw_about_window_set_comments (
      ADW_ABOUT_WINDOW (about),
      "Watch and change the variables of running firmware. Drop its .elf, connect a board.");
  adw_about_window_set_license_type (ADW_ABOUT_WINDOW (about), GTK_LICENSE_GPL_3_0);
  gtk_window_present (GTK_WINDOW (about));
  G_GNUC_END_IGNORE_DEPRECATIONS
}
