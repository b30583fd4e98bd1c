package org.almosttls.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.record.LimitedProtection;
import org.almosttls.record.RecordProtection;

/**
 * What the hellos agree on about the length of records: max_fragment_length (RFC 6066 §4) holds for both ends and all
 * records from the ServerHello on, record_size_limit (RFC 8449 §4) for each end's own and what is protected.
 *
 * @param fragmentLength as the server took it up
 * @param own what this end has told the peer
 * @param peers what the peer has told
 */
public record RecordLimits(
        Optional<MaxFragmentLength> fragmentLength, Optional<RecordSizeLimit> own, Optional<RecordSizeLimit> peers) {

    /** RFC 8446 §5.2: octets of the type within what is encrypted. */
    private static final int TYPE = 1;

    /**
     * What a client that wants short records asks for. RFC 8449 §4 would have everybody say how long they may be; whoever
     * has no wish says nothing here, as on the platform, and a server always answers who has one.
     */
    public static List<Extension> offer(TlsConfig config) {
        var wanted = config.recordSizes();
        var all = new ArrayList<Extension>();
        if (wanted.fragmentLength()) all.add(MaxFragmentLength.atMost(wanted.received()));
        if (wanted.sizeLimit()) all.add(new RecordSizeLimit(wanted.received()));
        return all;
    }

    /** Whether a session of this fragment length can be offered: RFC 6066 §4 has it hold for resumptions too. */
    public static boolean permit(int fragmentLength, TlsConfig config) {
        return fragmentLength == RecordSizes.MAX_PLAINTEXT
                || offer(config).stream()
                        .anyMatch(each -> each instanceof MaxFragmentLength ours && ours.octets() == fragmentLength);
    }

    /** A client's, by the server's answer. */
    public static RecordLimits answered(Extensions offer, Extensions answer) throws TlsAlertException {
        var length = answer.find(MaxFragmentLength.class);
        var size = answer.find(RecordSizeLimit.class);
        // RFC 8449 §5: both must be treated as a fatal error.
        Violation.TWO_RECORD_LIMITS.when(length.isPresent() && size.isPresent());
        // RFC 6066 §4: the same length as was asked for.
        Violation.FRAGMENT_LENGTH_NOT_OFFERED.when(
                length.isPresent() && !length.equals(offer.find(MaxFragmentLength.class)));
        return new RecordLimits(length, size.isPresent() ? offer.find(RecordSizeLimit.class) : size, permitted(size));
    }

    /** A client's in a resumed session, which keeps its length even if the server does not repeat it (RFC 6066 §4). */
    public RecordLimits resuming(int ofSession) {
        boolean silent = fragmentLength.isEmpty() && ofSession < RecordSizes.MAX_PLAINTEXT;
        return silent ? new RecordLimits(Optional.of(MaxFragmentLength.atMost(ofSession)), own, peers) : this;
    }

    /** A server's, by the client's offer. */
    public static RecordLimits chosen(TlsConfig config, Extensions offer) throws TlsAlertException {
        var size = permitted(offer.find(RecordSizeLimit.class));
        // RFC 8449 §5: max_fragment_length is ignored beside record_size_limit.
        if (size.isPresent())
            return new RecordLimits(
                    Optional.empty(),
                    Optional.of(new RecordSizeLimit(config.recordSizes().received())),
                    size);
        var length = offer.find(MaxFragmentLength.class);
        // RFC 6066 §4: other values than those that stand for a length must end the handshake.
        Violation.FRAGMENT_LENGTH_UNKNOWN.when(
                length.filter(asked -> !asked.isDefined()).isPresent());
        return new RecordLimits(length, Optional.empty(), Optional.empty());
    }

    private static Optional<RecordSizeLimit> permitted(Optional<RecordSizeLimit> said) throws TlsAlertException {
        // RFC 8449 §4: a limit below 64 is fatal; one above what TLS 1.2 has is no limit to it.
        Violation.RECORD_LIMIT_TOO_LOW.when(
                said.filter(size -> size.octets() < RecordSizeLimit.LEAST).isPresent());
        return said;
    }

    /** What a server answers. */
    public List<Extension> answer() {
        return Stream.<Optional<? extends Extension>>of(fragmentLength, own)
                .<Extension>flatMap(Optional::stream)
                .toList();
    }

    /** A server's of TLS 1.3, where RFC 8449 §4 counts the octet of the type. */
    public static RecordLimits chosenOfInner(TlsConfig config, Extensions offer) throws TlsAlertException {
        var limits = chosen(config, offer);
        return new RecordLimits(
                limits.fragmentLength, limits.own.map(size -> new RecordSizeLimit(size.octets() + TYPE)), limits.peers);
    }

    /** What is left for the content where the octet of the type counts. */
    public RecordLimits ofContent() {
        return new RecordLimits(fragmentLength, own.map(RecordLimits::content), peers.map(RecordLimits::content));
    }

    private static RecordSizeLimit content(RecordSizeLimit inner) {
        return new RecordSizeLimit(inner.octets() - TYPE);
    }

    /** The most octets in a record that this end sends, 2^14 if nothing is said. */
    public int sent() {
        return most(peers);
    }

    private int most(Optional<RecordSizeLimit> said) {
        return Math.min(ofSession(), said.map(RecordSizeLimit::octets).orElse(RecordSizes.MAX_PLAINTEXT));
    }

    /** The fragment length that the session is bound to, 2^14 if it is not. */
    public int ofSession() {
        return fragmentLength.map(MaxFragmentLength::octets).orElse(RecordSizes.MAX_PLAINTEXT);
    }

    /** RFC 6066 §4: the length holds at once, for what is not protected as well. */
    public Transition begin(Transition transition) {
        return fragmentLength.isPresent() ? transition.limitRecords(ofSession()) : transition;
    }

    public RecordProtection onSealing(RecordProtection protection) {
        return limited(protection, peers);
    }

    public RecordProtection onOpening(RecordProtection protection) {
        return limited(protection, own);
    }

    private RecordProtection limited(RecordProtection protection, Optional<RecordSizeLimit> said) {
        int most = most(said);
        return most < RecordSizes.MAX_PLAINTEXT ? new LimitedProtection(protection, most) : protection;
    }
}
