package io.coxswain.controllers.pods;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pods made from templates, and the hash that names a template.
public final class Templates {

    /// Letters and digits that never spell a word.
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private Templates() {}

    /// A pod of `owner`, whose name the server will make up.
    public static Pod pod(PodTemplateSpec template, Resource owner) {
        var metadata = template.metadata();
        return new Pod(
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::generateName, owner.name() + "-")
                        .set(ObjectMeta::namespace, owner.namespace())
                        .set(ObjectMeta::labels, metadata.labels())
                        .set(ObjectMeta::annotations, metadata.annotations())
                        .set(ObjectMeta::finalizers, metadata.finalizers())
                        .set(ObjectMeta::ownerReferences, List.of(Owners.controlledBy(owner)))
                        .done(),
                template.spec(),
                Edit.of(Pod.PodStatus.class).done());
    }

    /// The pod under a name of the controller's choice.
    public static Pod named(Pod pod, String name) {
        var metadata =
                Edit.of(pod.metadata())
                        .set(ObjectMeta::generateName, "")
                        .set(ObjectMeta::name, name)
                        .done();
        return new Pod(metadata, pod.spec(), pod.status());
    }

    public static Pod labelled(Pod pod, Map<String, String> more) {
        return new Pod(
                Edit.with(pod.metadata(), ObjectMeta::labels, with(pod.metadata().labels(), more)),
                pod.spec(),
                pod.status());
    }

    public static Pod with(Pod pod, PodSpec spec) {
        return new Pod(pod.metadata(), spec, pod.status());
    }

    public static PodTemplateSpec labelled(
            PodTemplateSpec template, String label, @Nullable String value) {
        var labels = new HashMap<>(template.metadata().labels());
        if (value == null) {
            labels.remove(label);
        } else {
            labels.put(label, value);
        }
        return new PodTemplateSpec(
                Edit.with(template.metadata(), ObjectMeta::labels, Map.copyOf(labels)),
                template.spec());
    }

    /// The same for equal templates in every process; `collisions` leads to another one.
    public static String hash(PodTemplateSpec template, @Nullable Integer collisions) {
        return hash(RecordWriter.write(template), collisions);
    }

    /// FNV-1a of some content, in letters that are safe in names.
    public static String hash(byte[] content, @Nullable Integer collisions) {
        var hash = fnv(0x811c9dc5, content);
        if (collisions != null) {
            hash = fnv(hash, Integer.toString(collisions).getBytes(StandardCharsets.US_ASCII));
        }
        var text = new StringBuilder();
        for (var digit : Integer.toUnsignedString(hash).toCharArray()) {
            text.append(SAFE.charAt(digit % SAFE.length()));
        }
        return text.toString();
    }

    /// One map with the entries of both; `more` wins.
    public static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private static int fnv(int start, byte[] content) {
        var hash = start;
        for (var octet : content) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        return hash;
    }
}
