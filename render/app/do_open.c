#define _XOPEN_SOURCE 700 /* realpath */
#include "open.h"

#include "recent.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders have more entries than anybody looks at. */
#define ENTRIES_MAX 4096

enum kind { FOLDER, SCRIPT, SAVED, RECENT };

struct entry {
    char *path; /* absolute of a RECENT one, else the name; owned */
    enum kind kind;
};

/* What the picker's `data` is: the entries of a folder after the recent files. */
struct listing {
    char base[RND_PATH_MAX];   /* what paths that are typed begin in */
    char folder[RND_PATH_MAX]; /* whose entries these are */
    struct entry entries[ENTRIES_MAX];
    uint32_t count;
    bool forget; /* the recent files are not among them */
    bool beside; /* what is taken is compared with what there is */
};

/* --- paths ------------------------------------------------------------------------------------ */

/* The path that a text means: a home, absolute, or begun in `base`. */
static void expand(const struct listing *listing, const char *text, size_t length,
                   char out[RND_PATH_MAX])
{
    const char *home = getenv("HOME");
    if (text[0] == '~' && home && (length == 1 || text[1] == '/'))
        (void)snprintf(out, RND_PATH_MAX, "%s%.*s", home, (int)length - 1, text + 1);
    else if (text[0] == '/')
        (void)snprintf(out, RND_PATH_MAX, "%.*s", (int)length, text);
    else
        (void)snprintf(out, RND_PATH_MAX, "%.*s%.*s", (int)(RND_PATH_MAX - 600), listing->base,
                       (int)length, text);
}

/* Where the name begins that is searched for: after the last slash. */
static size_t name_begin(const char *text)
{
    const char *slash = strrchr(text, '/');
    return slash ? (size_t)(slash - text) + 1 : 0;
}

/* The folder of a path with its slash at the end. */
static void folder_of(const char *path, char out[RND_PATH_MAX])
{
    (void)snprintf(out, RND_PATH_MAX, "%.*s", (int)name_begin(path), path);
    if (!*out && !getcwd(out, RND_PATH_MAX - 1))
        (void)snprintf(out, RND_PATH_MAX, ".");
    if (out[strlen(out) - 1] != '/')
        (void)snprintf(out + strlen(out), 2, "/");
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);
    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

/* --- the list --------------------------------------------------------------------------------- */

static void add_entry(struct listing *listing, const char *path, enum kind kind)
{
    char *copy = listing->count < ENTRIES_MAX ? strdup(path) : NULL;
    if (copy)
        listing->entries[listing->count++] = (struct entry){copy, kind};
}

static void forget_entries(struct listing *listing)
{
    for (uint32_t i = 0; i < listing->count; i++)
        free(listing->entries[i].path);
    listing->count = 0;
}

/* Recent files as they are, then folders, then files, both by name. */
static int by_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if ((x->kind == FOLDER) != (y->kind == FOLDER))
        return x->kind == FOLDER ? -1 : 1;
    int order = strcasecmp(x->path, y->path);
    return order ? order : strcmp(x->path, y->path);
}

static void add_folder(struct listing *listing)
{
    char path[RND_PATH_MAX];
    uint32_t first = listing->count;
    DIR *folder = opendir(listing->folder);
    for (struct dirent *at; folder && (at = readdir(folder));) {
        int length = snprintf(path, sizeof path, "%s%s", listing->folder, at->d_name);
        if (at->d_name[0] == '.' || length < 0 || (size_t)length >= sizeof path)
            continue;
        if (is_folder(path))
            add_entry(listing, at->d_name, FOLDER);
        else if (ends_with(path, ".py"))
            add_entry(listing, at->d_name, SCRIPT);
        else if (ends_with(path, ".awtrace"))
            add_entry(listing, at->d_name, SAVED);
    }
    if (folder)
        (void)closedir(folder);
    if (listing->count > first)
        qsort(listing->entries + first, listing->count - first, sizeof *listing->entries, by_name);
}

static void add_recent(struct listing *listing)
{
    struct rnd_recent *recent = malloc(sizeof *recent);
    if (recent) {
        rnd_recent_read(recent);
        for (uint32_t i = 0; i < recent->count; i++)
            if (access(recent->paths[i], R_OK) == 0)
                add_entry(listing, recent->paths[i], RECENT);
    }
    free(recent);
}

/* Makes the entries those that the typed text begins to name. */
static void list(struct listing *listing, const char *text)
{
    char folder[RND_PATH_MAX];
    size_t begin = name_begin(text);
    expand(listing, text, begin, folder);
    if (listing->count > 0 && strcmp(folder, listing->folder) == 0 && begin > 0)
        return;
    (void)snprintf(listing->folder, sizeof listing->folder, "%s", folder);
    forget_entries(listing);
    if (begin == 0 && !listing->forget)
        add_recent(listing);
    add_folder(listing);
}

/* --- the picker ------------------------------------------------------------------------------- */

static const char *name_of(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    const struct listing *listing = picker->data;
    const struct entry *entry = &listing->entries[index];
    (void)app;
    return entry->kind == RECENT ? entry->path + name_begin(entry->path) : entry->path;
}

static void filter(struct rnd_app *app, struct rnd_picker *picker)
{
    struct listing *listing = picker->data;
    list(listing, picker->view.field.text);
    rnd_picker_rank(app, picker, listing->count, name_begin(picker->view.field.text), name_of);
    char *plain = realpath(listing->folder, NULL);
    (void)snprintf(picker->view.status, sizeof picker->view.status, "%.159s",
                   plain ? plain : listing->folder);
    free(plain);
}

static void row(struct rnd_app *app, struct rnd_picker *picker, uint32_t index,
                struct rnd_picker_row *out)
{
    static const char *const kinds[] = {
        [FOLDER] = "folder", [SCRIPT] = "script", [SAVED] = "saved run", [RECENT] = "recent"};
    const struct listing *listing = picker->data;
    uint32_t at = picker->ranked[index].index;
    const struct entry *entry = &listing->entries[at];
    rnd_picker_put(picker, name_begin(picker->view.field.text), name_of(app, picker, at), out);
    out->kind = kinds[entry->kind];
    if (entry->kind == RECENT)
        (void)snprintf(out->detail, sizeof out->detail, "%.*s", (int)name_begin(entry->path),
                       entry->path);
}

static void path_of(const struct rnd_picker *picker, uint32_t index, char out[RND_PATH_MAX])
{
    const struct listing *listing = picker->data;
    const struct entry *entry = &listing->entries[picker->ranked[index].index];
    int length = entry->kind == RECENT
                     ? snprintf(out, RND_PATH_MAX, "%s", entry->path)
                     : snprintf(out, RND_PATH_MAX, "%s%s", listing->folder, entry->path);
    if (length < 0 || length >= RND_PATH_MAX)
        *out = '\0';
}

/* Puts the entry in place of the name in the field. */
static void complete(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    char text[RND_FIELD_MAX];
    const char *typed = picker->view.field.text;
    const struct listing *listing = picker->data;
    const struct entry *entry = &listing->entries[picker->ranked[index].index];
    (void)app;
    if (entry->kind == RECENT)
        (void)snprintf(text, sizeof text, "%s", entry->path);
    else
        (void)snprintf(text, sizeof text, "%.*s%s%s", (int)name_begin(typed), typed, entry->path,
                       entry->kind == FOLDER ? "/" : "");
    rnd_field_set(&picker->view.field, text);
    rnd_field_move(&picker->view.field, RND_FIELD_END, false);
}

static void take(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    const struct listing *listing = picker->data;
    char path[RND_PATH_MAX], typed[RND_PATH_MAX];
    expand(listing, picker->view.field.text, strlen(picker->view.field.text), typed);
    bool exact = *picker->view.field.text && access(typed, R_OK) == 0 && !is_folder(typed);
    if (exact)
        (void)snprintf(path, sizeof path, "%s", typed);
    else if (index != RND_NEVER)
        path_of(picker, index, path);
    else
        (void)snprintf(path, sizeof path, "%s", typed);
    if (index != RND_NEVER && !exact && is_folder(path)) {
        complete(app, picker, index);
        picker->view.first = picker->view.chosen = 0;
        rnd_picker_refresh(app);
    } else if (access(path, R_OK) != 0) {
        picker->view.trouble = true;
        (void)snprintf(picker->view.status, sizeof picker->view.status, "%.120s: %s", path,
                       strerror(errno));
    } else {
        bool beside = listing->beside;
        rnd_picker_close(app);
        if (beside)
            rnd_app_compare_file(app, path);
        else
            rnd_open_path(app, path);
    }
}

static void close_listing(struct rnd_picker *picker)
{
    forget_entries(picker->data);
    free(picker->data);
}

static void open_folder(struct rnd_app *app, const char *folder, bool beside)
{
#define SOURCE(what)                                                                               \
    {                                                                                              \
        .title = (what), .hint = "A file here, or a path", .filter = filter, .row = row,           \
        .take = take, .complete = complete, .close = close_listing                                 \
    }
    static const struct rnd_picker_source sources[] = {SOURCE("Open"), SOURCE("Compare with")};
#undef SOURCE
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing)
        return;
    folder_of(folder, listing->base);
    listing->forget = app->options.forget;
    listing->beside = beside;
    rnd_picker_open(app, &sources[beside], listing, "");
}

/* --- opening ---------------------------------------------------------------------------------- */

void rnd_open_path(struct rnd_app *app, const char *path)
{
    char folder[RND_PATH_MAX];
    if (is_folder(path)) {
        (void)snprintf(folder, sizeof folder, "%.*s/", RND_PATH_MAX - 2, path);
        open_folder(app, folder, false);
        return;
    }
    rnd_app_show_file(app, path);
    app->gallery.leaving = app->view.gallery != NULL;
    if (!app->options.forget)
        rnd_recent_add(path);
}

bool rnd_open_is_same(const char *path, const char *other)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

void rnd_do_open(struct rnd_app *app, int amount)
{
    (void)amount;
    open_folder(app, app->shown->path, false);
}

void rnd_do_compare_file(struct rnd_app *app, int amount)
{
    (void)amount;
    if (app->subject_count < RND_SUBJECTS_MAX)
        open_folder(app, app->shown->path, true);
}
