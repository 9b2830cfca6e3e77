/** Version 1 with branches, notes and checkpoints; and a run with its recording. They must be read the same for ever. Never change this file. */

/** A fragment: a recipe with two branches, two notes and checkpoints. */
export const LECTURE = '#1/r/vwEAUyvYHqVSwW7UMBD9lWh6gSqUZNtt2KjiVlBPgESrInaFnGSSmM3awXZ2Wa3y7zwnphXqkVxiv5l5M--NT7RnY6VWlKcxGS5lz5T_i7JqpAKKY290Y8TOUv79RErsgFLLXacpplbYFlfxnx-YhGn26EBHPdBm3MRUy459TxytqyTGIqQ5d6S8Fp1lP6Ov8HHmivIsJqn6wc3YoJwRpcdDdjFUDSN4It6zcqBOl4n_Yir7AbfpEhA9uIkpvc6ybJFe-xmE410ovLxapMDfjcBLI3tkkjgI6aJkrQhoYYQq22n-J88O0rXgjQ5GOoaUXhjQUf4GHgv8L2OqtC850VYqDE61Nl4BvJgPiITEGsMgwW5lj7BhO3QIYKBxjJ8aFseoFSB6bgVlnmD5olPIm36wb_QLKAdjtZnnkg1bL7JKy2yZZEWdLsRKJCvUQGa57bWcnHk2F9uwg380pB5-_PzQym_3t4-P4o6LL5_r7dWvZHX78PHee6W0C0YFcY5_-15nZ9HXlqNaGuuiUnTdWq3VXfDPRufTGzy_AMVcCVWh8pPqjtFfux04ppKL6GZe1nvRsXGv0tc3bwMAGfPGXqxp3Ix_AA'

/** A fragment: a recording, with a note. */
export const RECORDING = '#1/t/WAIAEW2avaVSTW-jMBD9K5F7q9IVUCghN5qkKElTlW2TFrbVyhgDDmAoNiEfyn_fMa202sOe6otnnmfmzTzPCe1oI1jF0VgfooYSVlM0_helPGUcUDDrpkobXAo0_nVCHJeAoowWRYWGKMMiAxd_80Al3KQ7YECHqkXv5_chSlhBFSeYQsYM2kIQJuUBjRNcCKp6VBnqndIYje0hYrxu5SfWctlgovCv6KiNUwqPJ0R3lEsorVuaOkNE6ha83vlCqlb2lfQb27YN_Ub1gCUtvxKvTUMHfHQGnDSshkiEO8zkQHvjCFDSNqJq0Ph6iGKWUqECYp3YlmZHiW5gB2sOTEMySvK6Yn3Vv43BJKJVgiO--b29y1iwnr2-4jmN_MckNz80Z7bx1oqHV7IX6YQwUACbpHvFdXExeM7oIGGNkAOCi-KNv_G5HHQNg4TBZf9_lz-QEhoWoGpipRR0wPsrZ-pGdA_RcT9PBXr2PQpZ1WCYKu-jhcnAURICB1iG6lzUlKtF-gyLDsD4SGmuGDSo9V9BKLVsDTsapnEyopZh3pi2hSPbHjkkcbRRhA2LmJZNLDsyLN0EAWOWJLShnCgVZNPCP0sc9YuDAiNOAzf1gjz0FmVQhszybllghq6_dA8v6WzVee52snX9zu68bp7PF2zKMogJ5w_3NUmexMfPlPhXe1dblRNv7drOtH32Z7krJsKfrB9WVhCFHamD9eIJ87u23NxNV0zoRbjSF0eyW4bV1D8SY3O19OV2f-xe9nVo3Xvxymvx3r29nk08civDiC8PPrdaf10dBXFddD7_AQ'

/** The same recording as a file. */
export const RECORDING_FILE = String.raw`{
  "version": 1,
  "recipe": {
    "version": 1,
    "engine": 1,
    "programs": [
      {
        "name": "hello",
        "hash": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "argv": [
          "you"
        ]
      }
    ],
    "files": [],
    "stdin": "",
    "tty": false,
    "env": [],
    "seed": 7,
    "input": [],
    "untraced": false,
    "budget": {
      "events": 1500000,
      "cpu": 10000000000,
      "output": 16777216,
      "statements": 134217728
    },
    "script": "await 0\n"
  },
  "cursor": 3,
  "digest": "d1c7507bf12a9a09",
  "checkpoints": {
    "events": 7,
    "sums": "nV_jFhiYUEXXaIebQPfk4q09EVGU"
  },
  "notes": [
    {
      "at": 3,
      "text": "## The first call\n\nIt writes *hello*."
    }
  ],
  "recorded": {
    "end": {
      "kind": "exited"
    },
    "counts": {
      "stops": 4,
      "requests": 0,
      "calls": 2,
      "suspensions": 4,
      "bytesPeeked": 0
    },
    "digest": "d1c7507bf12a9a09ee570a90aedf8e5246475ab7789cf908ba25c457c57b2514",
    "differences": true,
    "tables": "Y2dgYAgGYkZGJmYmZi5GBiY4ZAQKAyWgEMwGAjCjAQw7wGwIkIJiDihGBiZINLpcfSsqRgcQ-xA0MmCGUA79DuTQEkAsCsQCUNM5YbZwcpYUJSanFumVFDMis1lZM1JzcvKZoDQzc2V-KQtjxzwWxpZ5LGdMGuaxAB3ECGcBtZbnKyQn5uQUozscAA"
  }
}
`

/** A recording as the page keeps it (SKIPREC), in base64url. */
export const SKIPREC = 'U0tJUFJFQwGlUr2O1DAQTvZHcDwBguY0dUBJLlnvRgJdByUSDRJc4SSTrHXZJCTOHqtoxRUgbccbLCUlBQUFr8BDMXbMaW-vvLFG3_gbe_yN7acjy-pBNjxBiDwHGkxETWEPa2xaUZWaxTIX5bAgEwW2EL2_cKCVqaA8gANSbiDKeNGiWrw2ecQUIuaAKOtODlxX6rOIN6vjLs2Rkj3gGktJpb3QVeZAUnc00xPDVJ3UlbwZY8z3ZkoDl7gyG88C3yN-vnWgbqq84SultIeSr0g8LLEoKhK75O2SpvyeRpV4k6teYVN1cLFVLSeNqEkg8Csu5Kn7oQQSgyX128OlUAj4SUi6AOKTiq6DJPbURlVTEKgH-Nhhq1h1A7woKPKpcNfWWKoHGZbFG4ntG8RLdZUu1UpFTtuofOolLHRZnHk-X3B3gRgyly9cjmk2x9APZgELeczYfJFkC3cecz9MgpAlIYv90AuoraRr2qqB6Gz7wLKst-S2PRqPxo9sa3QzbKIpYYaOyXRwrcdOx4M9Mf7Q-KEFB3ic-_z1th_b2OD0bup_7vzb-YDfB6x_mPnPAXe_DP97wHd_ND4mf0b-gvwl-Svy1ypxcqJ_cPNctvZhPJ3q_zUyOB7Tp5jYu_3E_rKf_A2u9xMSZN9EtPWqOtUPfCz8Hw'

/** The address of an exercise with an answer. */
export const ANSWER = '#ex=first/5oLB1KtWKkstKs7Mz1OyMtRRSswrLk8tUrKqVipOLsosKFGyUkosT8wsUTCIyVPSUSpKLcjJTC0GyRcCpQyNlGprawE'
