package org.almosttls.keyschedule;

import org.almosttls.crypto.Secret;
import org.almosttls.registry.Role;

/** RFC 8446 §7.1: the last stage, from which all comes that outlives the handshake. */
public final class MasterSecret implements AutoCloseable {

    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes the secret over. */
    MasterSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /**
     * What protects the application data of {@code sender}, until it updates its keys.
     *
     * @param serverFinished the transcript's hash up to and including the server's Finished
     */
    public TrafficSecret applicationTrafficSecret(Role sender, byte[] serverFinished) {
        String label = sender == Role.CLIENT ? "c ap traffic" : "s ap traffic";
        return new TrafficSecret(hkdf, hkdf.deriveSecret(secret, label, serverFinished));
    }

    /** @param serverFinished the transcript's hash up to and including the server's Finished */
    public ExporterSecret exporterMasterSecret(byte[] serverFinished) {
        return new ExporterSecret(hkdf, hkdf.deriveSecret(secret, "exp master", serverFinished));
    }

    /** @param clientFinished the transcript's hash up to and including the client's Finished */
    public ResumptionSecret resumptionMasterSecret(byte[] clientFinished) {
        return new ResumptionSecret(hkdf, hkdf.deriveSecret(secret, "res master", clientFinished));
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "MasterSecret";
    }
}
