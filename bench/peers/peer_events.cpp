// Plain C++ event-queue peer of spec.md (binary heap, scalar, double): what a careful engineer would write without the
// direct evaluation. g++ -std=c++20 -O3 -march=native peer_events.cpp -o peer_events ; ./peer_events DRAWS R list|ready
// [OUT]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <queue>
#include <string>
#include <vector>
struct Service {
    std::vector<int> req;
    double w, d, a, c, e;
};
enum Kind { TaskDone, L1Done, L2Done, Fallback, Exhausted, Cleared, Day, Gate };
struct Event {
    double t;
    long seq;
    Kind kind;
    int id;
    bool operator<(const Event& o) const { return t != o.t ? t > o.t : seq > o.seq; }
};
int main(int argc, char** argv) {
    std::ifstream in("case.txt"), dr(argv[1], std::ios::binary);
    int R = std::atoi(argv[2]);
    bool list = std::string(argv[3]) == "list";
    int nres, ncrew, nmun, nsvc;
    in >> nres >> ncrew >> nmun >> nsvc;
    std::vector<int> order(nres), pos(nres);
    for (int i = 0; i < nres; ++i) in >> order[i], pos[order[i]] = i;
    std::vector<double> med(nres), sig(nres), m1(nmun), m2(nmun);
    std::vector<std::vector<int>> pred(nres), succ(nres), users(nres);
    for (int r = 0, n; r < nres; ++r) {
        in >> med[r] >> sig[r] >> n;
        pred[r].resize(n);
        for (auto& p : pred[r]) in >> p, succ[p].push_back(r);
    }
    double pop, W = 0, D = 0;
    for (int m = 0; m < nmun; ++m) in >> pop >> m1[m] >> m2[m];
    std::vector<Service> svc(nmun * nsvc);
    for (int i = 0, k; i < nmun * nsvc; ++i) {
        auto& s = svc[i];
        in >> k;
        s.req.resize(k);
        for (auto& r : s.req) in >> r, users[r].push_back(i);
        in >> s.w >> s.d >> s.a >> s.c >> s.e, W += s.w, D += s.d;
    }
    const int S = nmun * nsvc, nz = 3 + nres + 3 * nmun;
    std::vector<double> z(std::size_t(R) * nz), out;
    dr.read(reinterpret_cast<char*>(z.data()), z.size() * 8);
    long events = 0;
    auto start = std::chrono::steady_clock::now();
    for (int rep = 0; rep < R; ++rep) {
        const double* y = &z[std::size_t(rep) * nz];
        auto mixed = [&](double med, double sig, int k) {
            return med * std::exp(sig * (std::sqrt(0.3) * y[0] + std::sqrt(0.7) * y[k]));
        };
        double gate = mixed(3, .5, 1) + mixed(7, .6, 2);
        std::priority_queue<Event> q;
        long seq = 0;
        auto at = [&](double t, Kind k, int id) { q.push({t, seq++, k, id}); };
        double last = 0, back = 0, area = 0, loss = 0, cap = 0, slope = D, peak = 0, a[6];
        auto advance = [&](double t) {
            double dt = t - last;
            area += dt * (back + .5 * slope * dt), back += slope * dt, loss += dt * (1 - cap / W), last = t;
        };
        auto change = [&](double t, double ds, double dc) { advance(t), slope += ds, cap += dc; };
        std::vector<int> missing(nres), need(S), mneed(nmun, 3), state(S, 0);
        std::vector<char> holding(nres, 0), done(nres, 0);
        std::vector<double> t1(S), t2(S), up;
        std::priority_queue<int, std::vector<int>, std::greater<>> ready;
        int free = ncrew, next = 0;
        for (int r = 0; r < nres; ++r)
            if (!(missing[r] = int(pred[r].size()))) ready.push(pos[r]);
        for (int i = 0; i < S; ++i) need[i] = int(svc[i].req.size()) + 1;
        auto run = [&](double t, int r) { at(t + mixed(med[r], sig[r], 3 + r), TaskDone, r); };
        auto dispatch = [&](double t) {
            if (list)
                for (; free && next < nres; --free) {
                    int r = order[next++];
                    if (missing[r])
                        holding[r] = 1;
                    else
                        run(t, r);
                }
            else
                for (; free && !ready.empty(); --free) {
                    run(t, order[ready.top()]);
                    ready.pop();
                }
        };
        auto satisfied = [&](double t, int i) {
            if (--need[i]) return;
            auto& s = svc[i];
            double c = state[i] == 0 ? 0 : state[i] == 1 ? s.c : s.c / 2;
            double b = t - (state[i] == 0   ? 0
                            : state[i] == 1 ? s.c * (t - t1[i])
                                            : s.c * (t2[i] - t1[i]) + s.c / 2 * (t - t2[i]));
            state[i] = 3;
            change(t, s.d * (c - 1.2), s.w * (1 - c));
            up.push_back(t);
            at(t + b / .2, Cleared, i);
        };
        auto local = [&](double t, int m) {
            if (!--mneed[m]) at(t + mixed(m2[m], .6, 64 + 3 * m), L2Done, m);
        };
        at(gate, Gate, 0);
        for (int m = 0; m < nmun; ++m) {
            at(gate + mixed(m1[m], .5, 63 + 3 * m), L1Done, m);
            double f = std::exp(.5 * y[65 + 3 * m]);
            for (int i = m * nsvc; i < (m + 1) * nsvc; ++i) at(svc[i].a * f, Fallback, i);
        }
        at(0, Day, 0);
        while (!q.empty()) {
            auto [t, sq, kind, id] = q.top();
            q.pop();
            ++events;
            switch (kind) {
                case Gate: dispatch(t); break;
                case TaskDone:
                    ++free, done[id] = 1;
                    for (int s : succ[id])
                        if (!--missing[s]) {
                            if (list) {
                                if (holding[s]) run(t, s);
                            } else
                                ready.push(pos[s]);
                        }
                    for (int i : users[id]) satisfied(t, i);
                    if (id < 2)
                        for (int m = 0; m < nmun; ++m) local(t, m);
                    dispatch(t);
                    break;
                case L1Done: local(t, id); break;
                case L2Done:
                    for (int i = id * nsvc; i < (id + 1) * nsvc; ++i) satisfied(t, i);
                    break;
                case Fallback:
                    if (state[id] != 3) {
                        state[id] = 1, t1[id] = t, change(t, -svc[id].d * svc[id].c, svc[id].w * svc[id].c),
                        at(t + svc[id].e, Exhausted, id);
                    }
                    break;
                case Exhausted:
                    if (state[id] != 3) {
                        state[id] = 2, t2[id] = t, change(t, svc[id].d * svc[id].c / 2, -svc[id].w * svc[id].c / 2);
                    }
                    break;
                case Cleared: change(t, svc[id].d * .2, 0); break;
                case Day: {
                    advance(t), peak = std::max(peak, back);
                    int days[] = {7, 14, 30, 60, 90, 120};
                    for (int k = 0; k < 6; ++k)
                        if (id == days[k]) a[k] = cap / W;
                    if (id < 730) at(id + 1, Day, id + 1);
                }
            }
        }
        std::sort(up.begin(), up.end());
        for (double v : {up[(S + 1) / 2 - 1], up[(S * 4 + 4) / 5 - 1], up[S - 1], loss, peak, area, a[0], a[1], a[2],
                         a[3], a[4], a[5]})
            out.push_back(v);
    }
    double dt = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf(
        "# C++ event queue, rule %s: %d replications in %.3f s = %.1f /s, %.1f ns per service evaluation, %ld events "
        "per replication, %.1f ns per event\n",
        argv[3], R, dt, R / dt, dt * 1e9 / R / S, events / R, dt * 1e9 / events);
    if (argc > 4) {
        std::FILE* f = std::fopen(argv[4], "w");
        for (std::size_t i = 0; i < out.size(); ++i) std::fprintf(f, "%.17g%c", out[i], i % 12 == 11 ? '\n' : ' ');
        std::fclose(f);
    }
}
