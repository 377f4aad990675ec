package io.coxswain.cluster;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/// What this host is called in the network.
public final class HostAddress {

    private HostAddress() {}

    /// The first IPv4 address of an interface that is up and leads outside; loopback when there is
    /// none.
    public static String primary() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .filter(HostAddress::leadsOutside)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }

    /// What this machine calls itself, as the name of a node.
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /// An address in digits; throws [StartupException] for anything else. Never looks a name up.
    public static InetAddress parse(String digits) {
        try {
            return InetAddress.ofLiteral(digits);
        } catch (IllegalArgumentException e) {
            throw new StartupException("not an IP address: " + digits);
        }
    }

    /// The user's home directory as other programs see it: `$HOME`, which `sudo` and tests set, and
    /// not the one of the password file.
    public static Path home() {
        var home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    public static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean leadsOutside(NetworkInterface device) {
        try {
            return device.isUp()
                    && !device.isLoopback()
                    && !device.isVirtual()
                    && !device.getName().matches("(cox|cni|veth|docker|br-|virbr).*");
        } catch (SocketException e) {
            return false;
        }
    }
}
