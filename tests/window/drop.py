"""Drops files on a window, as a file manager does (XDND 5)."""
import pathlib

from Xlib import X, Xatom, display
from Xlib.protocol import event

EVENTS_MOST = 1000  # that may come in between


class Drop:
    """A source of drags; what is dragged is a list of files."""

    def __init__(self, display_name, *paths):
        self.display = display.Display(display_name)
        self.root = self.display.screen().root
        self.window = self.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        uris = "".join(pathlib.Path(path).resolve().as_uri() + "\r\n" for path in paths)
        self.data = uris.encode("ascii")

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, target, kind, *data):
        numbers = [self.window.id, *data, 0, 0, 0, 0][:5]
        target.send_event(event.ClientMessage(
            window=target, client_type=self.atom(kind), data=(32, numbers)))
        self.display.flush()

    def serve(self, request):
        """Gives the data to who asks for it."""
        request.requestor.change_property(request.property, request.target, 8, self.data)
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection,
            target=request.target, property=request.property))
        self.display.flush()

    def until(self, kind):
        """The data of the next message of that kind; the list is given meanwhile."""
        for _ in range(EVENTS_MOST):
            got = self.display.next_event()
            if got.type == X.SelectionRequest:
                self.serve(got)
            elif got.type == X.ClientMessage and got.client_type == self.atom(kind):
                return got.data[1]
        raise AssertionError(f"no {kind} came")

    def onto(self, target_id, x, y):
        """Drags the files to a place of a window, and lets go of them there."""
        target = self.display.create_resource_object("window", int(target_id))
        corner = target.translate_coords(self.root, 0, 0)
        x, y = x - corner.x, y - corner.y
        aware = target.get_full_property(self.atom("XdndAware"), Xatom.ATOM)
        assert aware, "the window takes no drops"
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)
        self.send(target, "XdndEnter", min(aware.value[0], 5) << 24, self.atom("text/uri-list"))
        self.send(target, "XdndPosition", 0, x << 16 | y, X.CurrentTime,
                  self.atom("XdndActionCopy"))
        assert self.until("XdndStatus")[1] & 1, "the window refuses the drop"
        self.send(target, "XdndDrop", 0, X.CurrentTime)
        self.until("XdndFinished")
        self.display.close()
