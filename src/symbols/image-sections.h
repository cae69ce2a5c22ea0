/* image-sections.h: a symbol image gets the sections of the program that it tells of */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image.h"

/**
 * sonde_image_take_sections:
 * @names: of separate debug information: its sections are empty there, whatever the program holds
 * @program: of the program itself
 *
 * Returns: (transfer full): @names, checked as that was, with size, load address, checksum and kind
 *   of each section as the program of that name and address has it
 */
GBytes *sonde_image_take_sections (const SondeSymbolImage *names, const SondeSymbolImage *program);
