#include "gallery.h"

#include "folders.h"
#include "render/view/script.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* More lessons than anybody writes. */
#define LESSONS_MAX 200

/* A lesson that runs longer than this has a thumbnail of what it did until then. */
#define LESSON_EVENTS 100000
#define LESSON_REAL_NS INT64_C(5000000000)

#define POLL_MS 5

/* --- which lessons there are ------------------------------------------------------------------ */

static int is_lesson(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 3 && entry->d_name[0] != '.' && strcmp(entry->d_name + length - 3, ".py") == 0;
}

/* "02-gather.py" is lesson 2. */
static void put_number(struct rnd_card *card, const char *name)
{
    size_t digits = strspn(name, "0123456789");
    if (digits < sizeof card->number)
        (void)snprintf(card->number, sizeof card->number, "%.*s", (int)digits, name);
}

/* Appends the lesson of a file; one that cannot be read has no card. */
static void add(struct rnd_gallery *gallery, const char *folder, const char *name)
{
    struct rnd_script script;
    char path[RND_PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path || rnd_script_open(&script, path))
        return;
    struct rnd_card *card = &gallery->cards[gallery->view.count];
    char *copy = malloc((size_t)length + 1);
    if (copy) {
        memcpy(copy, path, (size_t)length + 1);
        gallery->paths[gallery->view.count++] = copy;
        put_number(card, name);
        (void)snprintf(card->title, sizeof card->title, "%s", rnd_script_title(&script));
        (void)snprintf(card->about, sizeof card->about, "%s",
                       script.lesson.about ? script.lesson.about : "");
    }
    rnd_script_close(&script);
}

void rnd_gallery_load(struct rnd_gallery *gallery)
{
    char folder[RND_PATH_MAX];
    struct dirent **entries = NULL;
    int count = rnd_folder_lessons(folder) ? scandir(folder, &entries, is_lesson, alphasort) : -1;
    gallery->cards = calloc(LESSONS_MAX, sizeof *gallery->cards);
    gallery->paths = calloc(LESSONS_MAX, sizeof *gallery->paths);
    bool memory = gallery->cards && gallery->paths;
    for (int i = 0; i < count; i++) {
        if (memory && i < LESSONS_MAX)
            add(gallery, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    gallery->view.cards = gallery->cards;
}

void rnd_gallery_close(struct rnd_gallery *gallery)
{
    for (uint32_t i = 0; i < gallery->view.count; i++)
        free(gallery->paths[i]);
    free(gallery->paths);
    free(gallery->cards);
    scn_run_free(gallery->run);
    *gallery = (struct rnd_gallery){0};
}

/* --- the cache -------------------------------------------------------------------------------- */

/* FNV-1a. */
static uint64_t hash(uint64_t seed, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        seed = (seed ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    return seed;
}

static uint64_t key_of(const char *path)
{
    uint64_t key = UINT64_C(0xcbf29ce484222325) ^ sizeof(struct rnd_thumb);
    struct stat self;
    struct rnd_script script;
    /* Another program may schedule otherwise. */
    if (stat("/proc/self/exe", &self) == 0) {
        key = hash(key, &self.st_mtim, sizeof self.st_mtim);
        key = hash(key, &self.st_size, sizeof self.st_size);
    }
    if (!rnd_script_open(&script, path)) {
        key = hash(key, script.files[0].text, script.files[0].length);
        rnd_script_close(&script);
    }
    return key;
}

static bool cache_path(uint64_t key, char out[RND_PATH_MAX])
{
    char name[64];
    (void)snprintf(name, sizeof name, "thumbnails/%016" PRIx64, key);
    return rnd_folder_path(RND_FOLDER_CACHE, name, out);
}

static bool read_cached(uint64_t key, struct rnd_thumb *out)
{
    char path[RND_PATH_MAX];
    FILE *file = cache_path(key, path) ? fopen(path, "rb") : NULL;
    if (!file)
        return false;
    bool whole = fread(out, sizeof *out, 1, file) == 1;
    (void)fclose(file);
    return whole && rnd_thumb_is_sound(out);
}

/* --- thumbnails ------------------------------------------------------------------------------- */

/* Makes the thumbnail of a run that is over. */
static void finish(struct rnd_gallery *gallery)
{
    struct rnd_card *card = &gallery->cards[gallery->next];
    struct sim_trace_view trace = scn_run_view(gallery->run);
    struct rnd_model *model = NULL;
    char path[RND_PATH_MAX];
    if (!rnd_model_build(&trace, &model)) {
        rnd_thumb_make(model, &card->thumb);
        card->drawn = true;
        if (gallery->keep && cache_path(gallery->key, path))
            (void)rnd_folder_write(path, &card->thumb, sizeof card->thumb);
        rnd_model_free(model);
    }
    scn_run_free(gallery->run);
    gallery->run = NULL;
    gallery->next++;
}

/* Finds the thumbnail of the next lesson in the cache, or starts the lesson. */
static void begin(struct rnd_gallery *gallery)
{
    struct rnd_card *card = &gallery->cards[gallery->next];
    struct scn_run_options options = {.script = gallery->paths[gallery->next],
                                      .max_events = LESSON_EVENTS,
                                      .max_real_ns = LESSON_REAL_NS,
                                      .mute_stdout = true,
                                      .mute_stderr = true};
    char error[256];
    gallery->key = key_of(options.script);
    card->drawn = gallery->keep && read_cached(gallery->key, &card->thumb);
    /* A card without a thumbnail is still one to open. */
    if (card->drawn || scn_run_start(&options, &gallery->run, error, sizeof error)) {
        gallery->run = NULL;
        gallery->next++;
    }
}

int rnd_gallery_work(struct rnd_gallery *gallery, bool *changed)
{
    if (gallery->next >= gallery->view.count)
        return -1;
    if (!gallery->run) {
        begin(gallery);
        *changed |= !gallery->run;
        return 0;
    }
    if (!scn_run_poll(gallery->run))
        return POLL_MS;
    finish(gallery);
    *changed = true;
    return 0;
}
