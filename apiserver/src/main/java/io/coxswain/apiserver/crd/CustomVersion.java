package io.coxswain.apiserver.crd;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.structural.Defaulting;
import io.coxswain.api.structural.MergeSchema;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One version of a custom kind, ready to be served, and how its objects look in the store.
///
/// Stored objects are of the version that was stored when they were written. What is read is pruned
/// and given defaults by the schema it was stored with, converted, and pruned again.
final class CustomVersion implements StoredForm {

    private final ResourceKind<CustomObject> kind;
    private final Structural schema;
    private final CustomCodec codec;
    private final Served<CustomObject> served;
    private final Definition definition;
    private final Lifeline line;
    private final VersionFacts facts;

    CustomVersion(
            Definition definition,
            ResourceKind<CustomObject> kind,
            Structural schema,
            VersionParts parts) {
        this.line = parts.line();
        this.facts = parts.facts();
        this.definition = definition;
        this.kind = kind;
        this.schema = schema;
        this.codec = new CustomCodec(kind, schema, this);
        this.served =
                new Served<>(
                        kind,
                        CustomStrategy.of(parts, schema, definition),
                        parts.columns(),
                        codec,
                        remembered(() -> MergeSchema.of(schema)));
    }

    Served<CustomObject> served() {
        return served;
    }

    VersionFacts facts() {
        return facts;
    }

    Structural schema() {
        return schema;
    }

    /// The stored tree as its own schema has it.
    private CustomObject normal(Json.Obj stored) {
        var read = codec.fromStored(stored);
        return read.with(Defaulting.apply(read.content(), schema));
    }

    @Override
    public List<Entry> shown(List<Entry> stored) {
        var shown = new ArrayList<@Nullable Entry>(stored.size());
        var foreign = new ArrayList<Json.Obj>();
        for (var entry : stored) {
            var known = Views.of(entry, this);
            if (known != null) {
                shown.add(known);
                continue;
            }
            var tree = JsonReader.readObject(entry.bytes());
            if (tree.text("apiVersion").equals(kind.apiVersion())) {
                shown.add(own(entry, tree));
            } else {
                shown.add(null);
                foreign.add(definition.normal(tree));
            }
        }
        if (!foreign.isEmpty()) {
            convert(stored, shown, foreign);
        }
        return shown.stream().map(java.util.Objects::requireNonNull).toList();
    }

    private Entry own(Entry entry, Json.Obj tree) {
        var object = normal(tree);
        var stale = definition.stores() != this;
        if (!stale && object.tree().equals(tree)) {
            return remember(entry, object, entry.bytes(), false);
        }
        return remember(entry, object, encoded(entry, object), stale);
    }

    private void convert(List<Entry> stored, List<@Nullable Entry> shown, List<Json.Obj> foreign) {
        var converted = definition.converter().convert(foreign, kind.apiVersion()).iterator();
        for (var i = 0; i < shown.size(); i++) {
            if (shown.get(i) == null) {
                var entry = stored.get(i);
                var object = codec.fromStored(converted.next());
                var stale = !definition.storedAsNow(entry);
                shown.set(i, remember(entry, object, encoded(entry, object), stale));
            }
        }
    }

    private byte[] encoded(Entry entry, CustomObject object) {
        var encoded = codec.encode(object);
        return new Draft(Header.EMPTY, encoded.bytes(), encoded.revisionGap()).at(entry.revision());
    }

    private Entry remember(Entry entry, CustomObject object, byte[] bytes, boolean stale) {
        var header = entry.header();
        var fields = served.strategy().fieldsOf(object);
        var view =
                new Entry(
                        entry.key(),
                        entry.revision(),
                        new Header(header.uid(), header.labels(), fields, header.owners()),
                        bytes);
        if (stale) {
            view.remember(object.asStale());
        }
        Views.add(entry, this, view);
        return view;
    }

    @Override
    public Draft stored(Draft draft) {
        var storage = definition.stores();
        if (storage == this) {
            return draft;
        }
        var tree = JsonReader.readObject(draft.bytes());
        var converted = definition.converter().convert(List.of(tree), storage.kind.apiVersion());
        var object = storage.codec.fromStored(converted.getFirst());
        var encoded = storage.codec.encode(object);
        return new Draft(draft.header(), encoded.bytes(), encoded.revisionGap());
    }

    @Override
    public String storedVersion() {
        var stored = definition.stores().kind.version();
        return definition.served(stored) == null ? "" : stored;
    }

    @Override
    public Lifeline line() {
        return line;
    }

    /// The tree of a stored object of this version, normalised.
    Json.Obj normalTree(Json.Obj stored) {
        return normal(stored).tree();
    }

    private static Supplier<Schema> remembered(Supplier<Schema> source) {
        return new Supplier<>() {
            private volatile @Nullable Schema known;

            @Override
            public Schema get() {
                var schema = known;
                if (schema == null) {
                    schema = source.get();
                    known = schema;
                }
                return schema;
            }
        };
    }
}
