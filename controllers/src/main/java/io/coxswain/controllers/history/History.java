package io.coxswain.controllers.history;

import static java.util.Comparator.comparingLong;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Templates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The templates an owner has had, oldest first, and the one it has.
///
/// @param current the revision of today's template; perhaps one that is only to be created
/// @param steps what makes the stored history agree
public record History(ControllerRevision current, List<ControllerRevision> old, List<Step> steps) {

    public static final String HASH = "controller-revision-hash";

    /// @param collisions how often a name was taken by another object
    public static History of(
            Resource owner, PodTemplateSpec template, @Nullable Integer collisions, View view) {
        var all =
                view.owned(owner, ControllerRevision.class)
                        .sorted(comparingLong(ControllerRevision::revision))
                        .toList();
        var data = data(template);
        var next = 1 + (all.isEmpty() ? 0 : all.getLast().revision());
        var known = all.stream().filter(it -> data.equals(it.data())).toList();
        if (known.isEmpty()) {
            var created = create(owner, template, data, next, collisions);
            return new History(created, all, List.of(Step.create(created)));
        }
        var current = known.getLast();
        var old = all.stream().filter(it -> !it.equals(current)).toList();
        if (current.equals(all.getLast())) {
            return new History(current, old, List.of());
        }
        // An old template is wanted again: it becomes the newest revision.
        var renewed = Edit.with(current, ControllerRevision::revision, next);
        return new History(renewed, old, List.of(Step.update(renewed)));
    }

    /// The label by which pods of today's template are known.
    public String hash() {
        return hash(current);
    }

    public static String hash(ControllerRevision revision) {
        return revision.metadata().labels().getOrDefault(HASH, "");
    }

    /// Deletes the oldest revisions that no pod uses, beyond those that are to be kept.
    ///
    /// @param used the hashes of pods that exist
    public List<Step> tidy(@Nullable Integer limit, Set<String> used) {
        var unused = old.stream().filter(it -> !used.contains(hash(it))).toList();
        var steps = new ArrayList<Step>();
        unused.stream()
                .limit(Math.max(0, unused.size() - (limit == null ? 10 : limit)))
                .forEach(it -> steps.add(Step.delete(it)));
        return steps;
    }

    /// The template that a revision holds.
    public static PodTemplateSpec template(ControllerRevision revision) {
        var data = revision.data() instanceof Json.Obj tree ? tree : Json.EMPTY;
        var template = data.object("spec").object("template").without("$patch");
        return RecordReader.fromTree(PodTemplateSpec.class, template, new Problems());
    }

    private static Json data(PodTemplateSpec template) {
        // Written so that `kubectl rollout undo` can send it as a strategic merge patch.
        var tree = RecordWriter.toTree(template).with("$patch", Json.of("replace"));
        return JsonWriter.sorted(
                Json.object(Map.of("spec", Json.object(Map.of("template", tree)))));
    }

    private static ControllerRevision create(
            Resource owner,
            PodTemplateSpec template,
            Json data,
            long number,
            @Nullable Integer collisions) {
        var hash = Templates.hash(JsonWriter.write(data), collisions);
        return new ControllerRevision(
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, owner.name() + "-" + hash)
                        .set(ObjectMeta::namespace, owner.namespace())
                        .set(
                                ObjectMeta::labels,
                                Templates.with(template.metadata().labels(), Map.of(HASH, hash)))
                        .set(ObjectMeta::annotations, annotations(owner))
                        .set(ObjectMeta::ownerReferences, List.of(Owners.controlledBy(owner)))
                        .done(),
                data,
                number);
    }

    private static Map<String, String> annotations(Resource owner) {
        var annotations = new HashMap<>(owner.metadata().annotations());
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        return Map.copyOf(annotations);
    }
}
