/* plot-menu.h: the menu of a plot, and the range of its values typed in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot-canvas.h"

/** sonde_plot_menu_attach: right click, menu key and Shift+F10; once, for as long as the canvas
 * lives. Actions "plot.follow", "plot.freeze", "plot.fit", "plot.back", "plot.values" ("auto",
 * "grow", "fixed"), "plot.set-range". */
void sonde_plot_menu_attach (SondePlotCanvas *canvas);
