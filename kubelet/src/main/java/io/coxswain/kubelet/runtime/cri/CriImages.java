package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.FsUsage;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.Images;
import io.coxswain.kubelet.runtime.RegistryAuth;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import io.coxswain.kubelet.runtime.cri.v1.ImageServiceGrpc;
import io.coxswain.kubelet.runtime.cri.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The image half of a CRI socket. A pull has no deadline: big images take their time.
final class CriImages implements Images {

    private static final Duration CALL_MAX = Duration.ofMinutes(2);

    private final ImageServiceBlockingStub stub;

    CriImages(Channel channel) {
        this.stub = ImageServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public String pull(
            String reference, @Nullable RegistryAuth auth, @Nullable SandboxConfig sandbox) {
        var request = Cri.PullImageRequest.newBuilder().setImage(Requests.image(reference));
        if (auth != null) {
            request.setAuth(Requests.auth(auth));
        }
        if (sandbox != null) {
            request.setSandboxConfig(Requests.sandbox(sandbox));
        }
        try {
            return stub.pullImage(request.build()).getImageRef();
        } catch (StatusRuntimeException e) {
            throw Failures.ofPull(e);
        }
    }

    @Override
    public List<Image> list() {
        var request = Cri.ListImagesRequest.getDefaultInstance();
        return Calls.ask(() -> within().listImages(request)).getImagesList().stream()
                .map(Replies::image)
                .toList();
    }

    @Override
    public @Nullable Image find(String reference) {
        var reply = Calls.ask(() -> within().imageStatus(named(reference)));
        return reply.hasImage() ? Replies.image(reply.getImage()) : null;
    }

    @Override
    public void remove(String reference) {
        Calls.ask(() -> within().removeImage(named(reference)));
    }

    @Override
    public List<FsUsage> usage() {
        var request = Cri.Empty.getDefaultInstance();
        return Calls.ask(() -> within().imageFsInfo(request)).getImageFilesystemsList().stream()
                .map(UsageReplies::fs)
                .toList();
    }

    private ImageServiceBlockingStub within() {
        return stub.withDeadlineAfter(CALL_MAX);
    }

    private static Cri.ImageRequest named(String reference) {
        return Cri.ImageRequest.newBuilder().setImage(Requests.image(reference)).build();
    }
}
