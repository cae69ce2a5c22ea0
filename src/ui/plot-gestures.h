/* plot-gestures.h: wheel, drags, keys and pinches on a plot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot-canvas.h"

/** sonde_plot_gestures_attach: once, for as long as the canvas lives. */
void sonde_plot_gestures_attach (SondePlotCanvas *canvas);
