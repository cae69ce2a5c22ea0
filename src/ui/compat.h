/* compat.h: the few calls that newer GTK or libadwaita replace */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* @files: (element-type GFile), never empty. Not called when the person cancels. */
typedef void (*SondeFilesChosen) (GListModel *files, gpointer user_data);

/** sonde_compat_choose_elf: a file chooser over @parent. @user_data must outlive the dialog or be
 * the parent. */
void sonde_compat_choose_elf (GtkWindow *parent, SondeFilesChosen chosen, gpointer user_data);
/** sonde_compat_choose_target: where to write; @name is proposed. */
void sonde_compat_choose_target (GtkWindow *parent, const char *title, const char *name,
                                 SondeFilesChosen chosen, gpointer user_data);
/** sonde_compat_show_about: who made this, under which licence. */
void sonde_compat_show_about (GtkWindow *parent);
