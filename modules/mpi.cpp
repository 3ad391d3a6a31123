// Loaded only by a program that mpirun started (src/ranks): everything that needs Open MPI.
#include <mpi.h>

#include <algorithm>
#include <cstdint>

namespace {

constexpr std::uint64_t piece = 1U << 28;  // a message counts its bytes as int

constexpr int size_tag = 1;
constexpr int bytes_tag = 2;

}  // namespace

extern "C" {

void resmon_mpi_join(int* rank, int* size) {
    MPI_Init(nullptr, nullptr);
    MPI_Comm_rank(MPI_COMM_WORLD, rank);
    MPI_Comm_size(MPI_COMM_WORLD, size);
}

void resmon_mpi_meet() { MPI_Barrier(MPI_COMM_WORLD); }

/// To rank 0.
void resmon_mpi_send(const char* bytes, std::uint64_t size) {
    MPI_Send(&size, 1, MPI_UINT64_T, 0, size_tag, MPI_COMM_WORLD);
    for (std::uint64_t sent = 0; sent < size; sent += piece)
        MPI_Send(bytes + sent, static_cast<int>(std::min(piece, size - sent)), MPI_BYTE, 0, bytes_tag, MPI_COMM_WORLD);
}

std::uint64_t resmon_mpi_size_from(int rank) {
    std::uint64_t size = 0;
    MPI_Recv(&size, 1, MPI_UINT64_T, rank, size_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return size;
}

void resmon_mpi_receive(int rank, char* bytes, std::uint64_t size) {
    for (std::uint64_t got = 0; got < size; got += piece)
        MPI_Recv(bytes + got, static_cast<int>(std::min(piece, size - got)), MPI_BYTE, rank, bytes_tag, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
}

/// By rank 0 to all others; few bytes.
void resmon_mpi_tell(char* bytes, std::uint64_t size) {
    MPI_Bcast(bytes, static_cast<int>(size), MPI_BYTE, 0, MPI_COMM_WORLD);
}

void resmon_mpi_leave() { MPI_Finalize(); }

/// Ends all ranks: the others would wait for ever.
void resmon_mpi_abort(int code) { MPI_Abort(MPI_COMM_WORLD, code); }

}  // extern "C"
