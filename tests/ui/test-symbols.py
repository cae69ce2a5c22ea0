#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Symbols in full size: search, filters, order, ticks, menu, maps, layout; by pointer and by keyboard alone."""
import os
import subprocess
import time

from rig import BUILD, App, click, key, main, type_text

FIXTURE = os.path.join(BUILD, "tests", "workbench", "browser.elf")
FREE = ("--listen", "127.0.0.1:0")


def browse(*arguments):
    return App(FIXTURE, *FREE, *(arguments or ("--size=1280x800",)))


def open_full(app):
    app.wait(lambda dump: dump.find(name="symbols-expand") and dump.find(text="motor", kind="GtkLabel"), "the pane's symbols")
    key("ctrl+shift+f")
    return rows(app, lambda texts: "motor" in texts)


def table_texts(dump):
    table = dump.find(name="symbol-table")
    return [w.text for w in dump.find(kind="GtkInscription", inside=table[0])] if table else []


def paths(dump):
    """The first column, from top to bottom."""
    table = dump.find(name="symbol-table")
    cells = dump.find(kind="GtkTreeExpander", inside=table[0]) if table else []
    texts = [dump.find(kind="GtkInscription", inside=cell) for cell in cells]
    return [text[0].text for text in texts if text]


def rows(app, condition):
    """The paths in view, once they are as wanted and stay: a search answers letter by letter."""
    seen = []

    def settled(dump):
        seen.append(paths(dump))
        return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3] and condition(seen[-1]) and seen[-1]

    return app.wait(settled, "the rows")


def row(app, text):
    def find(dump):
        table = dump.find(name="symbol-table")
        return table and dump.find(text=text, kind="GtkInscription", inside=table[0])

    return app.wait(find, text)[0]


def at_rest(app, name):
    """The widget once it stays where it is: the first layouts still move it."""
    seen = []

    def rests(dump):
        found = dump.find(name=name)
        seen.append(found[0].centre() if found else None)
        return found if len(seen) > 5 and found and len(set(seen[-5:])) == 1 else None

    return app.wait(rests, name)[0]


def menu_item(app, text):
    def still(dump):
        found = [w for w in dump.find(text=text, kind="GtkLabel") if w.width > 0]
        return found

    app.wait(still, "the menu item " + text)
    time.sleep(0.4)
    return still(app.dump())[0]


def clipboard(app):
    """A line written into the search tells what the clipboard holds."""
    key("ctrl+f")
    app.wait(lambda dump: [w for w in dump.widgets if w.kind == "GtkText" and "focus" in w.state], "the search")
    key("ctrl+a")
    key("ctrl+v")
    return app.wait(lambda dump: [w.text for w in dump.find(name="browser-search") if w.text], "the clipboard")[0]


def opens_and_closes():
    with browse() as app:
        open_full(app)
        key("Escape")
        app.wait(lambda dump: not dump.find(name="symbol-table") and dump.find(name="symbols-expand"), "the plots")
        click(app.dump().find(name="symbols-expand")[0])
        rows(app, lambda texts: "motor" in texts)
        assert not app.dump().find(name="status-device"), "two bars below"
        click(app.dump().find(name="symbols-restore")[0])
        app.wait(lambda dump: not dump.find(name="symbol-table"), "the plots")


def search_is_carried_over():
    with browse() as app:
        app.wait(lambda dump: dump.find(text="motor", kind="GtkLabel"), "the symbols")
        key("ctrl+f")
        time.sleep(0.2)
        type_text("m2spd")
        app.wait(lambda dump: dump.find(text="motor[2].speed", kind="GtkLabel"), "the hit")
        key("ctrl+shift+f")
        rows(app, lambda texts: texts and texts[0] == "motor[2].speed")
        key("Escape")
        rows(app, lambda texts: "motor" in texts)


def filters_and_sets():
    with browse() as app:
        open_full(app)
        click(app.dump().find(name="set-constants")[0])
        rows(app, lambda texts: "limits" in texts and "motor" not in texts)
        click(app.dump().find(name="set-functions")[0])
        rows(app, lambda texts: "step_motor()" in texts and "limits" not in texts)
        click(app.dump().find(name="set-all")[0])
        click(app.dump().find(name="filter-button")[0])
        entry = app.wait(lambda dump: dump.find(name="filter-type"), "the filter")[0]
        time.sleep(0.4)
        click(app.dump().find(name="filter-type")[0] or entry)
        type_text("float")
        rows(app, lambda texts: "motor[2].pid.ki" in texts and "counter" not in texts)
        click(app.dump().find(name="filter-clear")[0])
        rows(app, lambda texts: "counter" in texts)
        click(app.dump().find(name="filter-hide")[0])
        rows(app, lambda texts: "per_thread" not in texts and "counter" in texts)
        key("Escape")


def no_match_offers_a_way_out():
    with browse() as app:
        open_full(app)
        type_text("nosuchthing")
        app.wait(lambda dump: dump.find(name="symbols-clear-filter"), "the way out")
        time.sleep(0.4)
        click(app.dump().find(name="symbols-clear-filter")[0])
        rows(app, lambda texts: "motor" in texts)


def title(app, text):
    return app.wait(lambda dump: [w for w in dump.find(text=text, kind="GtkLabel") if w.height < 30], "the title " + text)[0]


def titles_sort():
    with browse() as app:
        open_full(app)
        click(title(app, "Size"))
        rows(app, lambda texts: "motor" in texts and texts.index("motor") > texts.index("counter") > texts.index("_fini()"))
        time.sleep(0.6)  # two clicks, not one double click
        click(title(app, "Size"))
        rows(app, lambda texts: texts[0] == "g_bomb")
        click(title(app, "Path"))
        first = rows(app, lambda texts: texts[0] != "g_bomb")
        assert first == sorted(first, key=lambda text: text.replace("()", "")), first


def tree_opens_by_keyboard():
    with browse() as app:
        open_full(app)
        type_text("motor")
        rows(app, lambda texts: texts[0] == "motor")
        key("Down")
        app.wait(lambda dump: not [w for w in dump.widgets if w.kind == "GtkText" and "focus" in w.state], "the focus in the table")
        key("Right")
        rows(app, lambda texts: texts[1:4] == ["[0]", "[1]", "[2]"])
        key("Right", "Right")
        rows(app, lambda texts: texts[1:3] == ["[0]", "speed"])
        key("Left", "Left")
        time.sleep(0.2)
        key("Left")
        rows(app, lambda texts: texts[0] == "motor" and texts[1] != "[0]")


def large_array_opens_in_ranges():
    with browse() as app:
        open_full(app)
        type_text("gbomb")
        rows(app, lambda texts: texts[0] == "g_bomb")
        key("Down")
        time.sleep(0.3)
        key("Right")
        rows(app, lambda texts: "[0..99]" in texts and "[1000..1023]" in texts)


def flat_list_has_members():
    with browse() as app:
        open_full(app)
        click(app.dump().find(name="set-variables")[0])
        click(app.dump().find(name="tree-button")[0])
        rows(app, lambda texts: "counter" in texts and "g_bomb[0][0][0]" in texts)


def many_are_ticked_at_once():
    with browse() as app:
        open_full(app)
        type_text(":float")
        rows(app, lambda texts: len(texts) == 9 and "motor[0].speed" in texts)
        time.sleep(0.4)
        key("Down")
        time.sleep(0.3)
        key("ctrl+a")
        key("space")
        app.wait(lambda dump: len(dump.rows) == 9, "nine watches")
        app.wait(lambda dump: len([w for w in dump.find(kind="GtkCheckButton") if w.text == "on"]) == 9, "nine ticks")
        app.wait(lambda dump: dump.find(name="browser-watched", text="9 watched"), "the count")
        key("space")
        app.wait(lambda dump: not dump.rows, "no watches")
        second = paths(app.dump())[1]
        key("Home", "Down", "space")
        app.wait(lambda dump: list(dump.rows) == [second], "the second row's watch")


def tick_is_clicked():
    with browse() as app:
        open_full(app)
        cell = row(app, "counter")
        ticks = [w for w in app.dump().find(kind="GtkCheckButton") if abs(w.centre()[1] - cell.centre()[1]) < 12]
        click(ticks[0])
        app.wait(lambda dump: "counter" in dump.rows, "the watch")


def menu_watches_plots_copies():
    with browse() as app:
        open_full(app)
        click(row(app, "counter"), button=3)
        click(menu_item(app, "Add to Watch Table"))
        app.wait(lambda dump: "counter" in dump.rows, "the watch")
        click(row(app, "counter"), button=3)
        click(menu_item(app, "Add to Plot"))
        app.wait(lambda dump: dump.rows["counter"].slot >= 0, "the trace")
        click(row(app, "counter"))
        key("shift+F10")
        click(menu_item(app, "Copy Path"))
        assert clipboard(app) == "counter"
        key("Escape")
        click(row(app, "counter"), button=3)
        click(menu_item(app, "Copy Address"))
        assert clipboard(app).startswith("0x"), "no address"


def rows_are_copied_as_columns():
    with browse() as app:
        open_full(app)
        click(row(app, "counter"))
        key("ctrl+c")
        text = clipboard(app)
        assert text.split()[0] == "counter" and "browser.c:" in text, text


def map_and_table_follow_each_other():
    with browse() as app:
        open_full(app)
        area = app.wait(lambda dump: dump.find(name="map-ram"), "the map")[0]
        app.wait(lambda dump: [w for w in dump.find(name="map-total-ram") if w.text.startswith("8.0 MB")], "the total")
        click((int(area.x) + 40, int(area.y) + 40))
        app.wait(lambda dump: dump.find(text="browser.c", kind="GtkLabel"), "the file on show")
        chosen = row(app, "g_bomb")
        # The selected row is the one that Ctrl+C copies.
        click((int(area.x) + 40, int(area.y) + 40))
        key("BackSpace")
        app.wait(lambda dump: not dump.find(text="browser.c", kind="GtkLabel"), "all files")
        assert chosen.width > 0
        click(row(app, "step_motor()"), button=3)
        click(menu_item(app, "Show in Map"))
        time.sleep(0.3)
        app.dump()


def map_by_keyboard():
    with browse() as app:
        open_full(app)
        app.wait(lambda dump: [w for w in dump.find(name="map-total-ram") if w.text], "the total")
        for _ in range(20):
            key("Tab")
            if [w for w in app.dump().find(name="map-ram") if "focus" in w.state]:
                break
        else:
            raise AssertionError("Tab does not lead to the map")
        key("Right")
        key("Return")
        app.wait(lambda dump: dump.find(text="browser.c", kind="GtkLabel"), "the file on show")
        key("BackSpace")
        app.wait(lambda dump: not dump.find(text="browser.c", kind="GtkLabel"), "all files")


def layout_shows_holes():
    with App(FIXTURE, *FREE, "--size=1280x800", window_manager=True) as app:
        open_full(app)
        click(row(app, "motor"), button=3)
        click(menu_item(app, "Show Layout"))
        app.wait(lambda dump: dump.find(name="layout-table"), "the layout")
        app.wait(lambda dump: dump.find(text="pid") and dump.find(text="hole"), "members and holes")
        totals = app.dump().find(name="layout-totals")[0].text
        assert totals.startswith("32 bytes, ") and "alignment 8" in totals, totals
        key("Escape")
        app.wait(lambda dump: not dump.find(name="layout-table"), "the end of the layout")


def missing_source_is_told():
    with browse() as app:
        open_full(app)
        click(row(app, "counter"), button=3)
        item = menu_item(app, "Open Source")
        copy = os.path.join(app.folder, "gone")
        assert item.width > 0 and not os.path.exists(copy)
        key("Escape")


def narrow_window_shows_one_at_a_time():
    with App(FIXTURE, *FREE, "--size=720x480") as app:
        app.wait(lambda dump: dump.find(name="menu-button"), "the window")
        time.sleep(0.5)
        key("ctrl+shift+f")
        rows(app, lambda texts: "counter" in texts)
        dump = app.dump()
        assert dump.wish <= 720, dump.wish
        assert not dump.find(name="map-ram")
        click(dump.find(name="map-button")[0])
        app.wait(lambda dump: dump.find(name="map-ram") and not dump.find(name="symbol-table"), "the map alone")
        assert app.dump().wish <= 720, app.dump().wish


def address_is_added_by_hand():
    with App(FIXTURE, *FREE, "--size=1280x800", window_manager=True) as app:
        open_full(app)
        click(row(app, "counter"), button=3)
        click(menu_item(app, "Add Address…"))
        app.wait(lambda dump: dump.find(name="address-window"), "the dialog")
        time.sleep(0.3)
        type_text("status_reg")
        key("Return")
        app.wait(lambda dump: [w for w in dump.find(name="address-problem") if "hexadecimal" in w.text], "the refusal")
        type_text("0x40001000")
        key("Return")
        app.wait(lambda dump: not dump.find(name="address-window"), "the end of the dialog")
        rows(app, lambda texts: texts[0] == "Memory Map")
        key("ctrl+f")
        time.sleep(0.3)
        type_text("statusreg")
        rows(app, lambda texts: texts[:1] == ["status_reg"])
        time.sleep(0.4)
        key("Down")
        time.sleep(0.3)
        key("space")
        app.wait(lambda dump: "status_reg" in dump.rows, "the watch")


def name_that_is_no_variable_is_explained():
    with browse() as app:
        app.wait(lambda dump: dump.find(text="motor", kind="GtkLabel"), "the symbols")
        click(at_rest(app, "watch-add"))
        app.wait(lambda dump: dump.find(name="watch-add-entry"), "the entry")
        time.sleep(0.4)
        type_text("step_motor")
        key("Return")
        app.wait(lambda dump: [w for w in dump.find(name="watch-add-problem") if "a function at 0x" in w.text], "the answer")


def memory_map_alone_fills_the_view():
    with App(*FREE, "--size=1280x800") as app:
        path = os.path.join(app.folder, "names.csv")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("Variable,Address,No of Elements,Type\nmy_target,0x20000000,1,float\n")
        app.action("test-drop", repr(path))
        app.wait(lambda dump: dump.find(text="Memory Map"), "the names")
        key("ctrl+shift+f")
        rows(app, lambda texts: texts == ["Memory Map"])
        type_text("mytarg")
        rows(app, lambda texts: texts == ["my_target"])
        type_text("zzz")
        app.wait(lambda dump: dump.find(text="No Match"), "the way out")


def no_file_is_said():
    with App(*FREE, "--size=1280x800") as app:
        path = os.path.join(app.folder, "stripped.elf")
        subprocess.run(["strip", "-o", path, FIXTURE], check=True)
        app.action("test-drop", repr(path))
        app.wait(lambda dump: [t for t in dump.texts() if "no symbols" in t], "the banner")
        key("ctrl+shift+f")
        app.wait(lambda dump: dump.find(text="No Symbols"), "the empty view")


def missing_debug_information_is_said():
    with App(*FREE, "--size=1280x800") as app:
        path = os.path.join(app.folder, "lean.elf")
        subprocess.run(["strip", "-g", "-o", path, FIXTURE], check=True)
        app.action("test-drop", repr(path))
        app.wait(lambda dump: [t for t in dump.texts() if "lean.elf has no debug information" in t and "-g" in t], "the banner")
        app.wait(lambda dump: dump.find(text="motor"), "its symbols")
        app.action("test-drop", repr(FIXTURE))
        app.wait(lambda dump: dump.find(name="symbols-file", text="browser.elf"), "the other file")
        app.wait(lambda dump: not [w for w in dump.find(name="banner-label") if w.height > 0], "the banner to go")


def sizes_are_not_cut():
    with browse() as app:
        open_full(app)
        size = row(app, "8\u2009388\u2009608")
        assert size.width >= 70, size.width


def menu_leaves_the_keyboard_in_the_row():
    with browse() as app:
        open_full(app)
        click(row(app, "motor"), button=3)
        menu_item(app, "Show Layout")
        key("Escape")
        time.sleep(0.4)
        key("Right")
        rows(app, lambda texts: "[2]" in texts)


def a_long_chain_stays_in_the_window():
    with browse() as app:
        open_full(app)
        type_text("head")
        rows(app, lambda texts: texts[0] == "head")
        key("Down")
        time.sleep(0.3)
        key("Right")
        rows(app, lambda texts: "->next" in texts)
        key("Down", "Down", "Down")
        for _ in range(45):
            key("Right", "Down", "Down", "Down")
            time.sleep(0.05)
        dump = app.dump()
        assert dump.wish <= 1280, dump.wish
        button = dump.find(name="symbols-restore")
        assert button and button[0].x + button[0].width <= 1280, "the bar is wider than the window"


def everything_focusable_has_a_name():
    with browse() as app:
        open_full(app)
        nameless = [w for w in app.dump().widgets if "nameless" in w.state and not w.kind.startswith(("GtkScrolled", "GtkListItem", "GtkToggleButton", "GtkText"))]
        assert not nameless, ["%s %s" % (w.kind, w.name) for w in nameless]


main([
    opens_and_closes,
    search_is_carried_over,
    filters_and_sets,
    no_match_offers_a_way_out,
    titles_sort,
    tree_opens_by_keyboard,
    large_array_opens_in_ranges,
    flat_list_has_members,
    many_are_ticked_at_once,
    tick_is_clicked,
    menu_watches_plots_copies,
    rows_are_copied_as_columns,
    map_and_table_follow_each_other,
    map_by_keyboard,
    layout_shows_holes,
    missing_source_is_told,
    narrow_window_shows_one_at_a_time,
    address_is_added_by_hand,
    name_that_is_no_variable_is_explained,
    memory_map_alone_fills_the_view,
    no_file_is_said,
    missing_debug_information_is_said,
    sizes_are_not_cut,
    menu_leaves_the_keyboard_in_the_row,
    a_long_chain_stays_in_the_window,
    everything_focusable_has_a_name,
])
