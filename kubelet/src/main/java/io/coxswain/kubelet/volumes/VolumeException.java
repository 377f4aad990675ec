package io.coxswain.kubelet.volumes;

/// A volume that cannot be had at present; the message is for the pod's owner.
public final class VolumeException extends Exception {

    private static final long serialVersionUID = 1;

    public VolumeException(String message) {
        super(message);
    }
}
