"""test_timeline.py PROGRAM: lanes, ranges, marks, arrows and the map by real keys and a real mouse."""
import os
import shutil
import sys
import tempfile
import unittest

from window import ROOT, Window, numbers

SCENE = os.path.join(ROOT, "tests", "window", "scene.py")
TOOL = numbers("render/view/hits.h", "RND_TOOL_")
EDITING = numbers("render/view/timeline_view.h", "RND_EDITING_")


class TestTimeline(unittest.TestCase):
    """The scene's main task (1) makes three (2, 3, 4) at 11 s."""
    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.script = os.path.join(folder.name, "scene.py")
        shutil.copy(SCENE, self.script)
        self.window = self.open()

    def open(self):
        window = Window(self.program, self.script)
        self.addCleanup(window.close)
        return window

    def expect(self, **values):
        wanted = {name: str(value) for name, value in values.items()}
        return self.window.until(lambda s: all(s[name] == wanted[name] for name in wanted))

    def drag(self, x0, x1, y, button=1):
        self.window.point(x0, y)
        self.window.xdotool("mousedown", button)
        self.window.point((x0 + x1) / 2, y)
        self.window.point(x1, y)
        self.window.xdotool("mouseup", button)

    def until_edge(self, edge, x):
        """Waits until an edge of the range is about there."""
        def there(state):
            for kind, value, left, _, w, _ in state["hits"]:
                if kind == self.window.kind("EDGE") and value == edge:
                    return abs(left + w / 2 - x) < 8
            return False
        return self.window.until(there)

    # --- lanes --------------------------------------------------------------------------------

    def test_lanes_fold_by_their_chevron_and_by_the_key(self):
        self.expect(rows="1 2 3 4")
        self.window.click("FOLD", 1)
        self.expect(rows="1")
        self.window.click("NAME", 1)
        self.window.key("Return")
        self.expect(rows="1 2 3 4")

    def test_lanes_are_pinned_by_their_pin_and_by_the_key(self):
        self.window.click("NAME", 4)
        self.window.key("k")
        self.expect(rows="4 1 2 3", pinned=1)
        self.window.click("PIN", 4)
        self.expect(rows="1 2 3 4", pinned=0)

    def test_lanes_are_sorted_and_shown_flat(self):
        def folds(state):
            return [kind for kind, *_ in state["hits"] if kind == self.window.kind("FOLD")]
        self.window.click("TOOL", TOOL["TREE"])
        self.window.until(lambda s: not folds(s))
        self.window.key("h")
        self.window.until(folds)
        self.window.click("TOOL", TOOL["SORT"])
        self.expect(sort=1)
        self.window.key("o")
        self.expect(sort=2)
        self.window.key("o")
        self.expect(sort=0, rows="1 2 3 4")
        self.window.key("j")
        self.window.until(lambda s: len(s["rows"].split()) > 4)

    def test_lanes_are_filtered_while_one_types(self):
        self.window.key("ctrl+f")
        self.expect(editing=EDITING["FILTER"])
        self.window.xdotool("type", "MAI")
        self.expect(filter="MAI", rows="1")
        self.window.key("BackSpace", "BackSpace", "BackSpace")
        self.expect(filter="", rows="1 2 3 4")
        self.window.xdotool("type", "#2")
        self.window.key("Return")
        self.expect(editing=0, filter="#2", rows="3")
        self.window.click("TOOL", TOOL["FILTER"])
        self.expect(editing=EDITING["FILTER"])
        self.window.key("Escape")
        self.expect(editing=0, filter="", rows="1 2 3 4")

    def test_rows_stay_as_they_are_when_the_script_runs_again(self):
        self.window.click("FOLD", 1)
        before = self.expect(rows="1")
        self.window.key("F5")
        self.window.until(lambda s: int(s["frame"]) > int(before["frame"]) and s["run"] == "over")
        self.expect(rows="1")

    # --- ranges -------------------------------------------------------------------------------

    def test_dragging_selects_a_range_whose_edges_can_be_dragged(self):
        x, y, w, _ = self.window.place("AXIS", 0)
        self.drag(x - w / 4, x + w / 4, y)
        first = self.until_edge(1, x + w / 4)
        low, high = (int(time) for time in first["range"].split())
        self.assertLess(low, high)
        self.assertIn("all tasks", first["texts"])
        self.assertEqual(first["cursor"], "0")
        ex, ey, _, _ = self.window.place("EDGE", 1)
        self.drag(ex, ex + 60, y)
        moved = self.until_edge(1, ex + 60)
        self.assertEqual(int(moved["range"].split()[0]), low)
        self.assertGreater(int(moved["range"].split()[1]), high)
        self.window.key("Escape")
        self.expect(range="")

    def test_a_range_is_made_by_keys(self):
        self.window.key("2", "Right", "r")
        self.expect(anchored=1)
        self.window.key("Right", "Right", "r")
        self.window.until(lambda s: s["anchored"] == "0" and s["range"] == "0 3000000000")
        self.window.click("NAME", 2)
        self.window.key("End", "comma", "comma", "shift+r")
        span = self.window.until(lambda s: not s["range"].startswith("0 "))
        self.assertIn("waited", span["texts"])

    def test_a_click_moves_the_playhead_which_can_be_dragged(self):
        x, y, w, _ = self.window.place("AXIS", 0)
        self.window.click("AXIS", 0)
        there = self.window.until(lambda s: int(s["time_ns"]) > 5e9)
        self.assertEqual(there["range"], "")
        px, _, _, _ = self.window.place("PLAYHEAD")
        self.drag(px, px + w / 5, y)
        self.window.until(lambda s: int(s["time_ns"]) > int(there["time_ns"]) and not s["range"])

    # --- marks --------------------------------------------------------------------------------

    def test_a_click_selects_what_it_is_on_and_one_beside_all_clears(self):
        x, y, w, h = self.window.place("AXIS", 0)
        _, lane, _, _ = self.window.place("AXIS", 1)
        loop = y - h / 2 + 50
        self.window.point(x, lane)
        self.window.xdotool("click", 1)
        self.expect(selected=1)
        self.drag(x - 100, x + 100, loop)
        self.window.until(lambda s: s["range"])
        self.window.point(x + 50, loop)  # within the range, and on no task
        self.window.xdotool("click", 1)
        self.window.until(lambda s: s["selected"] == "0" and s["range"])
        self.window.point(x + w / 2 - 20, loop)
        self.window.xdotool("click", 1)
        self.expect(selected=0, range="")

    def test_marks_are_named_noted_and_kept_beside_the_script(self):
        self.window.key("2", "Right", "Right", "m")
        self.expect(editing=EDITING["MARK"], field="mark 1")
        self.window.xdotool("type", "My mark")
        self.window.key("Tab")
        self.expect(editing=EDITING["NOTE"])
        self.window.xdotool("type", "and a note")
        self.window.key("Return")
        self.expect(editing=0, marks="My mark|together")
        with open(self.script + ".notes", encoding="utf-8") as notes:
            self.assertRegex(notes.read(), r"^\S+ \+\d+ My mark\n    and a note\n$")
        other = self.open()
        self.addCleanup(other.close)
        other.until(lambda s: s["marks"] == "My mark|together")
        other.key("shift+Right")
        other.until(lambda s: s["cursor"] != "0" and "and a note" in s["texts"])

    def test_marks_of_two_windows_are_kept(self):
        other = self.open()
        self.window.key("2", "Right", "m", "Return")
        self.expect(editing=0, marks="mark 1|together")
        other.key("End", "m", "Return")
        other.until(lambda s: s["marks"] == "mark 1|together|mark 2" and s["editing"] == "0")
        with open(self.script + ".notes", encoding="utf-8") as notes:
            self.assertEqual(len(notes.readlines()), 2)

    def test_marks_lead_from_one_to_the_next_and_are_taken_away(self):
        self.window.key("shift+Right")
        self.window.until(lambda s: s["time_ns"] == "11000000000")
        self.window.key("Home", "m")
        self.expect(editing=EDITING["MARK"])
        self.window.key("Escape")
        self.expect(editing=0, marks="together")
        self.window.key("m", "Return")
        self.expect(marks="mark 1|together")
        self.window.key("End", "shift+Left", "shift+Left")
        self.expect(cursor=0)
        self.window.click("MARK", 1)
        self.expect(time_ns=11000000000)
        self.window.key("shift+Left", "m", "BackSpace", "Return")
        self.expect(marks="together")
        self.assertFalse(os.path.exists(self.script + ".notes"))

    def test_beyond_the_marks_are_the_ends(self):
        self.window.key("Home", "shift+Right")
        self.expect(time_ns=11000000000)
        self.window.key("shift+Right")
        self.window.until(lambda s: s["number"] == s["stops"])
        self.window.key("shift+Left", "shift+Left")
        self.expect(cursor=0)

    # --- arrows and the map -------------------------------------------------------------------

    def test_arrows_are_followed_to_their_cause_and_back(self):
        self.window.click("NAME", 2)
        end = self.window.state()["events"]
        self.window.key("End")
        self.expect(selected=2, cursor=end)
        self.window.key("comma")
        last = self.window.until(lambda s: s["cursor"] != end)
        self.window.key("bracketleft")
        cause = self.window.until(lambda s: int(s["cursor"]) < int(last["cursor"]))
        self.window.key("bracketright")
        self.window.until(lambda s: int(s["cursor"]) > int(cause["cursor"]))
        self.window.key("BackSpace")
        self.expect(cursor=cause["cursor"])
        self.window.key("BackSpace")
        self.expect(cursor=last["cursor"], selected=2)

    def test_arrows_lead_back_to_the_first_cause(self):
        self.window.click("NAME", 2)
        self.window.key("End")
        state = self.window.until(lambda s: s["selected"] == "2" and s["number"] == s["stops"])
        while state["selected"] != "1" or state["time_ns"] != "0":
            before = state
            self.window.key("bracketleft")
            state = self.window.until(lambda s, b=before: s["cursor"] != b["cursor"])
            self.assertLess(int(state["cursor"]), int(before["cursor"]))

    def test_arrows_lead_on_to_the_last_effect(self):
        self.window.click("NAME", 2)
        state = self.window.until(lambda s: s["selected"] == "2")
        # Three sleeps of io_task #1 end; its own end wakes main.
        for expected in ("12500000000", "14000000000", "15500000000", "15500000000"):
            self.window.key("bracketright")
            state = self.window.until(lambda s, b=state: s["cursor"] != b["cursor"])
            self.assertEqual(state["time_ns"], expected)
        self.assertEqual(state["selected"], "1")

    def test_without_a_selection_the_arrows_of_main_are_followed(self):
        self.window.key("End")
        end = self.window.until(lambda s: s["number"] == s["stops"])
        self.assertEqual(end["selected"], "0")
        self.window.key("bracketleft")
        self.window.until(lambda s: int(s["cursor"]) < int(end["cursor"]))

    def test_arrows_are_chosen_by_the_key_and_the_tool(self):
        self.expect(arrows=0)
        self.window.key("l")
        self.expect(arrows=1)
        self.window.click("TOOL", TOOL["ARROWS"])
        self.expect(arrows=2)
        self.window.key("l")
        self.expect(arrows=3)
        self.window.key("l")
        self.expect(arrows=0)

    def test_the_map_moves_what_is_shown(self):
        self.window.key("w", "w", "w", "w", "w", "w")
        near = self.window.until(lambda s: s["whole"] == "0")
        x, y, w, _ = self.window.place("MAP")
        self.window.click("MAP", 0, 0.4)
        far = self.window.until(lambda s: float(s["left_px"]) > float(near["left_px"]) + 100)
        self.drag(x + 0.4 * w, x, y)
        self.window.until(lambda s: float(s["left_px"]) < float(far["left_px"]) - 100)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
        self.expect(whole=1)


if __name__ == "__main__":
    TestTimeline.program = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
