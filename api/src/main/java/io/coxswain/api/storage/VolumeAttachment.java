package io.coxswain.api.storage;

import io.coxswain.api.core.PersistentVolumeSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "storage.k8s.io", version = "v1", plural = "volumeattachments", scope = Scope.CLUSTER)
public record VolumeAttachment(
        ObjectMeta metadata, @Required VolumeAttachmentSpec spec, VolumeAttachmentStatus status)
        implements Resource {

    public record VolumeAttachmentSpec(
            @Required String attacher,
            @Required VolumeAttachmentSource source,
            @Required String nodeName) {}

    public record VolumeAttachmentSource(
            @Nullable String persistentVolumeName,
            @Nullable PersistentVolumeSpec inlineVolumeSpec) {}

    public record VolumeAttachmentStatus(
            @Required boolean attached,
            Map<String, String> attachmentMetadata,
            @Nullable VolumeError attachError,
            @Nullable VolumeError detachError) {}

    public record VolumeError(
            @Nullable @Always Instant time,
            String message,
            @Nullable @Gate("MutableCSINodeAllocatableCount") Integer errorCode) {}

    public static final Strategy<VolumeAttachment> STRATEGY =
            Strategy.<VolumeAttachment>standard()
                    .withoutGeneration()
                    .answerDeleted()
                    .reportMetadataOnce()
                    .subresources("status");
}
