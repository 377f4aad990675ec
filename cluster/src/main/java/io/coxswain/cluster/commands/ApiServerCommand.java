package io.coxswain.cluster.commands;

import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.cluster.Access;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.ControlPlaneConfiguration;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.ControlPlaneConfiguration.Api;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.Interrupts;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Progress;
import io.coxswain.cluster.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `cox kube-apiserver` and `cox server`: a control plane without a node, in the foreground.
///
/// @param wholeControlPlane whether controllers and scheduler run as well
record ApiServerCommand(boolean wholeControlPlane) implements Command {

    @Override
    public Class<ServerFlags> flags() {
        return ServerFlags.class;
    }

    @Override
    public int run(List<String> args) {
        var flags = FlagSet.of(ServerFlags.class).parse(args).flags();
        var data = DataDirectory.open(flags.directory());
        var loops = new ThreadLoops(Clock.SYSTEM);
        var progress = new Progress(System.out, Clock.SYSTEM);
        var pki = Pki.open(data.pki(), Clock.SYSTEM);
        progress.done("certificates ready");
        var configuration = configuration(flags, wholeControlPlane);
        try (loops;
                var plane = ControlPlane.start(configuration, pki, data, loops, progress)) {
            flags.writeKubeconfig(data, pki, plane.uri());
            Access.writeScheduler(data, pki, plane.uri());
            progress.say(
                    "Control plane is ready in %.1f s: %s"
                            .formatted(progress.seconds(), plane.uri()));
            Interrupts.await();
            progress.say("Stopping …");
        }
        return 0;
    }

    static ControlPlaneConfiguration configuration(ServerFlags flags, boolean whole) {
        var addresses =
                new Addresses(
                        new InetSocketAddress(flags.bindAddress(), flags.port()),
                        flags.advertised(),
                        AddressRange.parse(flags.serviceCidr()),
                        flags.clusterCidr(),
                        flags.nodeCidrMaskSize());
        var api =
                new Api(
                        flags.anonymousAuth(),
                        tokens(flags.tokenAuthFile()),
                        flags.serving(),
                        flags.limits().limits());
        return new ControlPlaneConfiguration(
                addresses,
                api,
                whole,
                flags.storage().choice(),
                flags.protection().protection(),
                flags.security().settings());
    }

    private static @Nullable TokenFile tokens(String file) {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return TokenFile.read(Path.of(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupException("--token-auth-file " + file + ": " + e.getMessage());
        }
    }
}
