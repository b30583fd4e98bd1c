package org.almosttls.crypto;

/** The parameter sets of ML-KEM (FIPS 203 §8) that TLS has groups for. */
public enum MlKem {
    ML_KEM_768("ML-KEM-768", 2, 1184, 1088),
    ML_KEM_1024("ML-KEM-1024", 3, 1568, 1568);

    private final String algorithm;
    private final int identifier;
    private final int encapsulationKeyLength;
    private final int ciphertextLength;

    MlKem(String algorithm, int identifier, int encapsulationKeyLength, int ciphertextLength) {
        this.algorithm = algorithm;
        this.identifier = identifier;
        this.encapsulationKeyLength = encapsulationKeyLength;
        this.ciphertextLength = ciphertextLength;
    }

    /** The platform's name. */
    public String algorithm() {
        return algorithm;
    }

    /** The last octet of the object identifier (RFC 9935 §3). */
    public byte identifier() {
        return (byte) identifier;
    }

    /** In octets. */
    public int encapsulationKeyLength() {
        return encapsulationKeyLength;
    }

    /** In octets. */
    public int ciphertextLength() {
        return ciphertextLength;
    }
}
