package org.almosttls.handshake.tls13;

import org.almosttls.config.KeyExporter;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.ExporterSecret;
import org.almosttls.keyschedule.MasterSecret;
import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.Role;

/**
 * RFC 8446 §7.1: the secrets of the phase in which data flows, and what outlives it. Owns them.
 *
 * @param master what resumption is derived from, once the client's Finished is known
 */
public record ApplicationKeys(
        Agreement agreement, TrafficSecret client, TrafficSecret server, ExporterSecret exporter, MasterSecret master)
        implements AutoCloseable {

    /** @param seen up to and including the server's Finished */
    static ApplicationKeys derive(Agreement agreement, HandshakeKeys keys, Transcript seen) {
        byte[] hash = agreement.hash(seen);
        var master = keys.secret().masterSecret();
        return new ApplicationKeys(
                agreement,
                master.applicationTrafficSecret(Role.CLIENT, hash),
                master.applicationTrafficSecret(Role.SERVER, hash),
                master.exporterMasterSecret(hash),
                master);
    }

    /** RFC 9850 §2.1: the labels of a key log. */
    public Transition toldBy(Transition transition) {
        return transition
                .report(agreement.told("CLIENT_TRAFFIC_SECRET_0", client.secret()))
                .report(agreement.told("SERVER_TRAFFIC_SECRET_0", server.secret()))
                .report(agreement.told("EXPORTER_SECRET", exporter.secret()));
    }

    /** This end turns to its keys; the connection owns the secret from now on. */
    public Transition sentBy(Transition transition, SendingKeys own) {
        return transition.protectWrites(own.first()).renewWrites(own);
    }

    /** What {@code sender}, this end, goes on from; the secret is its new owner's. */
    public SendingKeys sending(Role sender) {
        return new SendingKeys(agreement, of(sender));
    }

    /** For what {@code sender}, the peer, sends at first. */
    public RecordProtection opening(Role sender) {
        return agreement.opening(of(sender));
    }

    /** What {@code sender}, the peer, goes on from; the secret is its new owner's. */
    public ReceivingKeys receivedFrom(Role sender) {
        return new ReceivingKeys(agreement, of(sender));
    }

    /** What makes keys for the application; the secret is its new owner's. */
    public KeyExporter exporting() {
        return new Tls13Exporter(exporter, agreement.suite().hash());
    }

    private TrafficSecret of(Role sender) {
        return sender == Role.CLIENT ? client : server;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        exporter.close();
        master.close();
    }

    @Override
    public String toString() {
        return "ApplicationKeys";
    }
}
